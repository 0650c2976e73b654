/// The error of ``TransportConformance/check()``: every rule that a transport breaks.
public struct TransportConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// The transport's type.
    public let transport: String

    /// The violations in the order of the rules; never empty.
    public let violations: [TransportViolation]

    /// The transport's type and the violations, one on a line.
    public var description: String {
        let count = Set(violations.map(\.rule)).count
        let lines = violations.map { "\n  - \($0)" }.joined()
        return "\(transport) breaks \(count == 1 ? "a rule" : "\(count) rules") of transports:\(lines)"
    }
}
