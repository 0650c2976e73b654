/// A rule that a transport breaks, and how.
public struct TransportViolation: Sendable, Hashable, CustomStringConvertible {
    /// The rule.
    public let rule: TransportRule

    /// The expected behaviour in the case that was tried.
    public let expected: String

    /// The observed behaviour. Holds nothing of a request but the suite's own values.
    public let seen: String

    /// The rule's name, what it requires, and how it was broken.
    public var description: String { "\(rule): expected \(expected), saw \(seen). \(rule.requirement)" }
}
