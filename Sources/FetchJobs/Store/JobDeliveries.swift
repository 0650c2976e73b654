internal import FetchCore

/// The outcomes of a store as an asynchronous sequence without an end, each at least once.
///
/// ```swift
/// for try await delivery in store.deliveries() {
///     save(delivery.outcome)
///     try await delivery.acknowledge()
/// }
/// ```
///
/// Any number of loops, also in several processes, share the outcomes. While the store is unavailable, the loop waits. It
/// throws another ``JobStoreError`` if the store does, and `CancellationError` when its task is cancelled.
public struct JobDeliveries: AsyncSequence, Sendable {
    /// An outcome to handle and to acknowledge.
    public typealias Element = JobDelivery

    let store: any JobStore
    let batch: Int
    let takenFor: Duration
    let interval: Duration
    let clock: any Clock<Duration>

    /// Begins a loop.
    public func makeAsyncIterator() -> Iterator { Iterator(deliveries: self) }

    /// A loop over the outcomes.
    public struct Iterator: AsyncIteratorProtocol {
        let deliveries: JobDeliveries
        private let timeline: Timeline
        private var taken: [StoredOutcome] = []
        private var takenUntil: Duration = .zero

        init(deliveries: JobDeliveries) {
            self.deliveries = deliveries
            timeline = Timeline(deliveries.clock)
        }

        /// Waits for the next outcome.
        ///
        /// - Returns: The outcome, never `nil`.
        /// - Throws: ``JobStoreError`` if the store can't be used and a retry can't help; `CancellationError`.
        public mutating func next() async throws -> JobDelivery? {
            // Other loops may have the rest by now.
            if timeline.now >= takenUntil { taken = [] }
            while taken.isEmpty {
                try Task.checkCancellation()
                takenUntil = timeline.now + deliveries.takenFor
                taken = try await deliveries.take().reversed()
                if taken.isEmpty { try await deliveries.clock.sleep(for: deliveries.interval) }
            }
            return taken.popLast().map { JobDelivery($0, of: deliveries) }
        }
    }
}

extension JobDeliveries {
    /// Takes outcomes. None if the store is unavailable.
    private func take() async throws -> [StoredOutcome] {
        do {
            return try await store.takeDeliveries(limit: batch, for: takenFor)
        } catch let error as JobStoreError where error.isRetryable {
            return []
        }
    }

    /// Acknowledges an outcome, as soon as the store is available.
    func acknowledge(_ outcome: StoredJobID) async throws {
        while true {
            do {
                return try await store.acknowledge([outcome])
            } catch let error as JobStoreError where error.isRetryable {
                try await clock.sleep(for: interval)
            }
        }
    }
}

@available(*, unavailable)
extension JobDeliveries.Iterator: Sendable {}

extension JobStore {
    /// Returns the outcomes that aren't acknowledged, and those to come.
    ///
    /// A loop takes some outcomes at a time. Those that it hasn't acknowledged after a time are taken again, by it or by
    /// another loop. If the body takes long, pass a longer time or a smaller batch.
    ///
    /// - Parameters:
    ///   - batch: The number of outcomes to take at a time, at least one. Defaults to 16.
    ///   - takenFor: The time for the bodies of a batch. Defaults to one minute.
    ///   - interval: The time between two looks at a store without outcomes. Defaults to one second.
    ///   - clock: The clock that measures it. Only tests replace it.
    /// - Returns: A sequence without an end.
    public func deliveries(
        batch: Int = 16,
        takenFor: Duration = .seconds(60),
        checkingEvery interval: Duration = .seconds(1),
        clock: any Clock<Duration> = ContinuousClock()
    ) -> JobDeliveries {
        JobDeliveries(store: self, batch: max(batch, 1), takenFor: takenFor, interval: interval, clock: clock)
    }
}
