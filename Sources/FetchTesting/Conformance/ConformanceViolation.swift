/// A rule that an endpoint breaks, and how.
public struct ConformanceViolation: Sendable, Hashable, CustomStringConvertible {
    /// The rule.
    public let rule: ConformanceRule

    /// What was tried, what came of it, and what to do.
    public let explanation: String

    init(_ rule: ConformanceRule, _ explanation: String) {
        self.rule = rule
        self.explanation = explanation
    }

    /// The rule's name and the explanation.
    public var description: String { "\(rule): \(explanation)" }
}
