import TestSupport

/// The random number generator of one input, which depends only on the run's seed, the target and the input's index.
///
/// An input can therefore be generated without the previous ones.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var numbers: SplitMix64

    package init(seed: UInt64, target: String, index: UInt64) {
        // FNV-1a, since `Hasher` has a different seed in each process.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in target.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        numbers = SplitMix64(
            seed: SplitMix64.mixed(seed) ^ SplitMix64.mixed(hash &+ index &* 0x9E37_79B9_7F4A_7C15)
        )
    }

    /// Returns the next number of the SplitMix64 sequence.
    package mutating func next() -> UInt64 { numbers.next() }

    /// Returns a number from zero up to but not including a limit; zero if the limit isn't positive.
    package mutating func below(_ limit: Int) -> Int {
        limit > 1 ? Int(next() % UInt64(limit)) : 0
    }

    /// Returns true with a probability of 1 / `times`.
    package mutating func oneIn(_ times: Int) -> Bool { below(times) == 0 }

    /// Returns a random element. The collection must not be empty.
    package mutating func pick<Elements: RandomAccessCollection>(_ elements: Elements) -> Elements.Element {
        elements[elements.index(elements.startIndex, offsetBy: below(elements.count))]
    }
}
