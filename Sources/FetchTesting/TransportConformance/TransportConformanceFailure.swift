/// The error that ``TransportConformance/check()`` throws. It lists every rule that a transport breaks.
public struct TransportConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// The name of the transport's type.
    public let transport: String

    /// The violations in the order of the rules. Never empty.
    public let violations: [TransportViolation]

    /// The name of the transport's type, followed by one violation on each line.
    public var description: String {
        let count = Set(violations.map(\.rule)).count
        let lines = violations.map { "\n  - \($0)" }.joined()
        return "\(transport) breaks \(count == 1 ? "a rule" : "\(count) rules") of transports:\(lines)"
    }
}
