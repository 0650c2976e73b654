public import FetchJobs
public import ServiceLifecycle

/// The outcomes of a store, handled one after the other, as a service. At a graceful shutdown, it takes no further
/// outcome, finishes the one that is being handled, and acknowledges it.
///
/// ```swift
/// let service = JobDeliveriesService(of: store) { outcome in
///     try await films.save(outcome)
/// }
/// ```
///
/// If the function throws, the service does. The outcome is delivered again when the time is over for which it was
/// taken. So return for an outcome that can never be handled.
public struct JobDeliveriesService: Service, CustomStringConvertible {
    private let deliveries: JobDeliveries
    private let handle: @Sendable (StoredOutcome) async throws -> Void

    /// Creates a service.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - batch: The number of outcomes to take at a time. Defaults to one: of several, those that aren't handled at a
    ///     shutdown are delivered again only when their time is over.
    ///   - takenFor: The time for handling a batch. Defaults to one minute.
    ///   - interval: The time between two looks at a store without outcomes. Defaults to one second.
    ///   - clock: The clock that measures it. Only tests replace it.
    ///   - handle: Handles an outcome. It isn't cancelled at a graceful shutdown, but when the group's time for it is
    ///     over.
    public init(
        of store: any JobStore,
        batch: Int = 1,
        takenFor: Duration = .seconds(60),
        checkingEvery interval: Duration = .seconds(1),
        clock: any Clock<Duration> = ContinuousClock(),
        _ handle: @escaping @Sendable (StoredOutcome) async throws -> Void
    ) {
        deliveries = store.deliveries(batch: batch, takenFor: takenFor, checkingEvery: interval, clock: clock)
        self.handle = handle
    }

    /// The name of the service, for the log of the group.
    public var description: String { "deliveries" }

    /// Handles outcomes until a graceful shutdown, or until the task is cancelled.
    ///
    /// - Throws: The errors of the function; `JobStoreError` if the store can't be used and a retry can't help;
    ///   `CancellationError`.
    public func run() async throws {
        // One task takes outcomes, and the shutdown cancels it. The other one handles them.
        let (taken, taking) = AsyncStream.makeStream(of: JobDelivery.self)
        let (turns, handling) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [deliveries] in
                defer { taking.finish() }
                try await untilGracefulShutdown {
                    var turn = turns.makeAsyncIterator()
                    for try await delivery in deliveries {
                        taking.yield(delivery)
                        // The next one is taken when this one is handled, and not after a cancellation.
                        guard await turn.next() != nil, !Task.isCancelled else { return }
                    }
                }
            }
            for await delivery in taken {
                try await handle(delivery.outcome)
                try await delivery.acknowledge()
                handling.yield()
            }
            try await group.waitForAll()
        }
    }
}
