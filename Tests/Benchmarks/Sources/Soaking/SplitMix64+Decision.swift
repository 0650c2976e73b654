package import TestSupport

extension SplitMix64 {
    /// Creates the generator of one decision, such as the second response about job 12.
    ///
    /// Each decision has its own generator, so the order and the threads of the decisions don't affect the numbers.
    ///
    /// - Parameters:
    ///   - seed: The seed of the run.
    ///   - decision: The integers that identify the decision.
    package init(seed: UInt64, decision: Int...) {
        self.init(seed: seed)
        for part in decision { self = Self(seed: next() ^ UInt64(truncatingIfNeeded: part)) }
    }

    /// Returns true with a probability in percent.
    package mutating func bool(percentage: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percentage }
}
