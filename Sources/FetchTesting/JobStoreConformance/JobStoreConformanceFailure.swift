/// The error that ``JobStoreConformance`` throws. It lists every rule that a store breaks.
public struct JobStoreConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// The violations, in the order in which they were found. Never empty.
    public let violations: [JobStoreViolation]

    /// The number of violations, followed by one on each line.
    public var description: String {
        let lines = violations.map { "\n  - \($0)" }.joined()
        return "the store breaks \(violations.count == 1 ? "a rule" : "rules") of job stores:\(lines)"
    }
}
