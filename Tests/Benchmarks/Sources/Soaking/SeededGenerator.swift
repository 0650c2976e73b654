/// A SplitMix64 generator that is seeded for one decision, such as the second response about job 12.
///
/// Each decision has its own generator, so the order and the threads of the decisions don't affect the numbers.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Creates the generator of a decision, which a sequence of integers identifies.
    init(seed: UInt64, _ decision: Int...) {
        state = seed
        for part in decision {
            state = next() ^ UInt64(truncatingIfNeeded: part)
        }
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Returns true with a probability in percent.
    mutating func bool(percentage: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percentage }
}
