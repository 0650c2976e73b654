import FetchCore
import FetchJobs
import FetchTesting
import Synchronization

/// A store whose `wake` takes a time, or fails with errors that are given in advance.
final class SlowStore: WrappedJobStore {
    let inner: any JobStore
    private let clock: VirtualClock
    private let delay: Duration
    private let state: Mutex<(errors: [any Error], woken: [String])>

    init(_ inner: any JobStore, _ clock: VirtualClock, delay: Duration = .zero, errors: [any Error] = []) {
        self.inner = inner
        self.clock = clock
        self.delay = delay
        state = Mutex((errors, []))
    }

    /// The ids of the jobs of all calls that have ended.
    var woken: [String] { state.withLock(\.woken) }

    func wake(_ job: JobReference, tenant: String?) async throws {
        if delay > .zero { try await clock.sleep(for: delay) }
        let error = state.withLock { $0.errors.isEmpty ? nil : $0.errors.removeFirst() }
        if let error { throw error }
        state.withLock { $0.woken.append(job.id) }
        try await inner.wake(job, tenant: tenant)
    }
}
