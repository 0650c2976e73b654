import FetchCore
import FetchTesting
import Synchronization

/// The clock of a process that can be suspended and stopped: a virtual clock whose sleeps end only while the process
/// runs.
///
/// Like the continuous clock, it goes on while the process is suspended. Everything that a worker does follows from the
/// end of a sleep, or from a response of its transport or store, which wait with ``waitWhileSuspended()``.
final class SuspendableClock: Clock {
    private struct State {
        var resumption: VirtualClock.Instant?
        var isStopped = false
    }

    let base: VirtualClock
    private let state = Mutex(State())

    init(_ base: VirtualClock) { self.base = base }

    var now: VirtualClock.Instant { base.now }
    var minimumResolution: Duration { base.minimumResolution }

    /// True if the process is suspended at the moment.
    var isSuspended: Bool { state.withLock { $0.resumption.map { $0 > base.now } ?? false } }

    /// True if the process has been suspended before.
    var wasSuspended: Bool { state.withLock { $0.resumption != nil } }

    func suspend(for duration: Duration) { state.withLock { $0.resumption = base.now.advanced(by: duration) } }

    /// Ends all sleeps with an error, those to come included.
    func stop() { state.withLock { $0.isStopped = true } }

    func sleep(until deadline: VirtualClock.Instant, tolerance: Duration?) async throws {
        try await base.sleep(until: deadline, tolerance: nil)
        try await waitWhileSuspended()
    }

    /// Returns when the process isn't suspended.
    func waitWhileSuspended() async throws {
        while let end = state.withLock(\.resumption), end > base.now {
            try await base.sleep(until: end, tolerance: nil)
        }
        if state.withLock(\.isStopped) { throw CancellationError() }
    }
}

extension SuspendableClock: ExecutorClock {
    var taskExecutor: any TaskExecutor { base.taskExecutor }
}
