public import FetchCore

/// The error that ``EndpointConformance/check(onProbe:)`` throws. It lists every rule that an endpoint breaks.
public struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// The name of the endpoint that was checked.
    public let endpoint: EndpointName

    /// The violations, in the order in which they were found. Never empty.
    public let violations: [ConformanceViolation]

    /// The endpoint's name, followed by one violation on each line.
    public var description: String {
        let lines = violations.map { "\n  - \($0)" }.joined()
        return
            "\(endpoint) breaks \(violations.count == 1 ? "a rule" : "\(violations.count) rules") of endpoints:\(lines)"
    }
}
