import FetchTesting
import Testing

/// An endpoint with one mistake, the rule that detects it, and a part of the expected explanation.
struct SeededMistake: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var endpoint: SampleEndpoint
    var rule: ConformanceRule
    var explanation: String

    init(_ description: String, _ rule: ConformanceRule, _ explanation: String, _ endpoint: SampleEndpoint) {
        testDescription = description
        self.endpoint = endpoint
        self.rule = rule
        self.explanation = explanation
    }
}
