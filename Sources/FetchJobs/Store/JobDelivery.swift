/// An outcome that is delivered until it is acknowledged.
public struct JobDelivery: Sendable {
    /// The outcome. Its id is the same in each delivery.
    public let outcome: StoredOutcome

    private let deliveries: JobDeliveries

    init(_ outcome: StoredOutcome, of deliveries: JobDeliveries) {
        self.outcome = outcome
        self.deliveries = deliveries
    }

    /// Ends the delivery. Without it, the outcome is delivered again when the time is over for which it was taken. While
    /// the store is unavailable, the call waits.
    ///
    /// - Throws: ``JobStoreError`` if the store can't be used and a retry can't help; `CancellationError`. It can be
    ///   called again.
    public func acknowledge() async throws { try await deliveries.acknowledge(outcome.id) }
}

extension JobDelivery: CustomStringConvertible {
    /// The job and the kind of its end, on one line.
    public var description: String { outcome.description }
}
