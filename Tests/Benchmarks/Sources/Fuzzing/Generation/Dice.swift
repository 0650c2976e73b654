/// What one input is made of: numbers that depend on the run's seed, the target and the input's index, and on nothing else.
///
/// So any input can be made again without those in front of it.
package struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Creates the dice of one input.
    package init(seed: UInt64, target: String, index: UInt64) {
        // FNV-1a: `Hasher` has another seed in each process.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in target.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = Self.mixed(seed) ^ Self.mixed(hash &+ index &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The next number: SplitMix64.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// A number from zero up to a limit, which it doesn't reach.
    package mutating func below(_ limit: Int) -> Int {
        limit > 1 ? Int(next() % UInt64(limit)) : 0
    }

    /// True once in so many times.
    package mutating func oneIn(_ times: Int) -> Bool { below(times) == 0 }

    /// One of several things, of which there must be one at least.
    package mutating func pick<Things: RandomAccessCollection>(_ things: Things) -> Things.Element {
        things[things.index(things.startIndex, offsetBy: below(things.count))]
    }

    private static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
