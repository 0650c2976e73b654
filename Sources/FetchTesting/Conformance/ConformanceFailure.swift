public import FetchCore

/// What ``EndpointConformance/check(onProbe:)`` throws: every rule that an endpoint breaks.
public struct ConformanceFailure: Error, Sendable, CustomStringConvertible {
    /// The endpoint.
    public let endpoint: EndpointName

    /// What is wrong with it; never empty.
    public let violations: [ConformanceViolation]

    /// The endpoint, and the violations one on a line.
    public var description: String {
        let lines = violations.map { "\n  - \($0)" }.joined()
        return
            "\(endpoint) breaks \(violations.count == 1 ? "a rule" : "\(violations.count) rules") of endpoints:\(lines)"
    }
}
