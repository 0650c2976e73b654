/// A violation of one rule by an endpoint.
public struct ConformanceViolation: Sendable, Hashable, CustomStringConvertible {
    /// The rule that the endpoint breaks.
    public let rule: ConformanceRule

    /// The probe, its outcome and the remedy, as one or more sentences.
    public let explanation: String

    init(_ rule: ConformanceRule, _ explanation: String) {
        self.rule = rule
        self.explanation = explanation
    }

    /// The rule's name and the explanation.
    public var description: String { "\(rule): \(explanation)" }
}
