import FetchJobs
public import ServiceLifecycle
import Synchronization

extension WebhookReceiver: Service {
    /// Passes hints to the store until a graceful shutdown, and then those that are still in the queue.
    ///
    /// Call it once. Put the receiver before the server in a group of services, so that the server ends first. Without
    /// a store, it only waits for the shutdown. A hint that the store refuses is tried three times.
    ///
    /// - Throws: `CancellationError`.
    public func run() async throws {
        try await withGracefulShutdownHandler {
            for await _ in signals { await deliverQueuedHints() }
            try Task.checkCancellation()
            // A hint that came together with the shutdown has given no signal.
            await deliverQueuedHints()
        } onGracefulShutdown: { [signalling] in
            signalling.finish()
        }
    }

    private func deliverQueuedHints() async {
        guard let store else { return }
        while !Task.isCancelled {
            let hints = state.withLock { $0.hints.take(upTo: max(configuration.concurrentHints, 1)) }
            guard !hints.isEmpty else { return }
            await withTaskGroup(of: Void.self) { group in
                for hint in hints { group.addTask { await self.deliver(hint, to: store) } }
            }
        }
    }

    private func deliver(_ hint: HintQueue.Hint, to store: any JobStore) async {
        for attempt in 1...3 {
            do {
                try await store.wake(hint.job, tenant: hint.tenant)
                state.withLock { $0.statistics.deliveredHints += 1 }
                return
            } catch {
                guard attempt < 3, (error as? JobStoreError)?.isRetryable ?? true, !Task.isCancelled else { break }
                guard (try? await configuration.clock.sleep(for: .seconds(1))) != nil else { break }
            }
        }
        state.withLock { $0.statistics.failedHints += 1 }
    }
}
