/// A violation of one rule by a store.
public struct JobStoreViolation: Sendable, Hashable, CustomStringConvertible {
    /// The rule that the store breaks.
    public let rule: JobStoreRule

    /// The expected and the observed behaviour, as one or more sentences.
    public let explanation: String

    /// The rule's name and the explanation.
    public var description: String { "\(rule): \(explanation)" }
}
