public import FetchCore
public import FetchJobs
public import FetchWebhooks
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A type that verifies messages of generation services and wakes their jobs.
///
/// ```swift
/// let receiver = WebhookReceiver(client: client)
/// router.webhook("webhooks/replicate", from: replicate, to: receiver)
/// ```
///
/// A message is a hint and no more: its job is polled soon, within the limits of the provider and the shortest gap
/// between two requests for a job. Nothing that a message says about the job is used. A job that isn't waited for isn't
/// polled.
///
/// With a store, the receiver is a service that has to run: hints for the store are queued, so that a slow store
/// doesn't delay responses. Add it to the services of the application.
public final class WebhookReceiver: Sendable {
    struct State: Sendable {
        var replays: ReplayCache
        var hints: HintQueue
        var statistics = WebhookStatistics()
    }

    let configuration: Configuration
    let store: (any JobStore)?
    let state: Mutex<State>
    let (signals, signalling) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let client: FetchClient?

    /// Creates a receiver that wakes the jobs that a client waits for in this process.
    ///
    /// - Parameters:
    ///   - client: The client.
    ///   - configuration: The limits. Defaults to the default ones.
    public convenience init(client: FetchClient, configuration: Configuration = Configuration()) {
        self.init(client, nil, configuration)
    }

    /// Creates a receiver that leaves hints in a store, for the workers in all processes.
    ///
    /// - Parameters:
    ///   - store: The store.
    ///   - client: A client of this process that is also used without the store. Defaults to none. The client of a
    ///     worker isn't needed: the worker takes its hints from the store.
    ///   - configuration: The limits. Defaults to the default ones.
    public convenience init(
        store: any JobStore,
        client: FetchClient? = nil,
        configuration: Configuration = Configuration()
    ) {
        self.init(client, store, configuration)
    }

    private init(_ client: FetchClient?, _ store: (any JobStore)?, _ configuration: Configuration) {
        self.client = client
        self.store = store
        self.configuration = configuration
        let lifetime = configuration.replayLifetime.components
        state = Mutex(
            State(
                replays: ReplayCache(
                    lifetime: TimeInterval(lifetime.seconds) + TimeInterval(lifetime.attoseconds) / 1e18,
                    maximumCount: configuration.maximumReplays
                ),
                hints: HintQueue(maximumCount: configuration.maximumHints)
            )
        )
    }

    /// The counters of the receiver.
    public var statistics: WebhookStatistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.queuedHints = state.hints.count
            return statistics
        }
    }

    /// Verifies a message and wakes its job. It doesn't wait for the store.
    ///
    /// - Parameters:
    ///   - request: The message as it was received.
    ///   - source: The source that it claims to be of.
    ///   - tenant: The tenant of the job in the store. Defaults to none.
    /// - Returns: The result.
    /// - Throws: `CancellationError`; the errors of a scheme that aren't `WebhookError`.
    public func receive(
        _ request: WebhookRequest,
        from source: WebhookSource,
        tenant: String? = nil
    ) async throws -> WebhookResult {
        let date = configuration.date()
        let message: WebhookMessage
        do {
            message = try await source.scheme.verify(request, at: date)
        } catch let error as WebhookError {
            state.withLock { $0.statistics.refused[error.code, default: 0] += 1 }
            return .refused(error)
        }
        let key = message.id.map { MessageKey(source: source.name, tenant: tenant, id: $0) }
        let isNew = state.withLock { state in
            guard let key, !state.replays.insert(key, at: date) else { return true }
            state.statistics.replayed += 1
            return false
        }
        guard isNew else { return .replayed }
        guard let job = source.locator.job(in: request) else {
            state.withLock { $0.statistics.withoutJob += 1 }
            return .withoutJob
        }
        client?.wake(job)
        guard store == nil || isQueued(job, tenant, key) else { return .dropped(job) }
        state.withLock { $0.statistics.woken += 1 }
        return .woken(job)
    }

    /// Queues a hint for the store. Returns false if the queue is full.
    private func isQueued(_ job: JobReference, _ tenant: String?, _ key: MessageKey?) -> Bool {
        let insertion = state.withLock { state in
            let insertion = state.hints.insert(HintQueue.Hint(job: job, tenant: tenant))
            switch insertion {
            case .queued: break
            case .merged: state.statistics.mergedHints += 1
            case .full:
                state.statistics.droppedHints += 1
                // The sender's next attempt isn't a replay.
                if let key { state.replays.remove(key) }
            }
            return insertion
        }
        if insertion == .queued { signalling.yield() }
        return insertion != .full
    }

    /// Counts a message that was refused for its size.
    func noteTooLarge() { state.withLock { $0.statistics.tooLarge += 1 } }
}
