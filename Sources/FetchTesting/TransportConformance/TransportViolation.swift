/// A violation of one rule by a transport.
public struct TransportViolation: Sendable, Hashable, CustomStringConvertible {
    /// The rule that the transport breaks.
    public let rule: TransportRule

    /// The expected behaviour in the tested case, as a phrase.
    public let expected: String

    /// The observed behaviour, as a phrase. It contains only values of the suite's own requests.
    public let observed: String

    /// The rule's name, the expected and the observed behaviour, and the requirement.
    public var description: String { "\(rule): expected \(expected), observed \(observed). \(rule.requirement)" }
}
