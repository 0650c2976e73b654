import FetchCore
import FetchTesting
import Synchronization

/// An executor that has another one run its jobs, and calls a function before the job with a given number.
///
/// A job is a part of a task between two suspensions, so the numbers from one on are all moments at which a task can be
/// cancelled.
final class CountingExecutor: TaskExecutor {
    private struct State {
        var count = 0
        var number = 0
        var action: (@Sendable () -> Void)?
    }

    private let base: any TaskExecutor
    private let state: Mutex<State>

    /// Creates an executor that calls ``action`` before the job with a number.
    init(_ base: any TaskExecutor, beforeJob number: Int) {
        self.base = base
        state = Mutex(State(number: number))
    }

    /// The number of jobs so far.
    var count: Int { state.withLock(\.count) }

    /// Sets the function to call.
    func setAction(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.action = action } }

    func enqueue(_ job: consuming ExecutorJob) {
        let isNext = state.withLock { state in
            state.count += 1
            return state.count == state.number
        }
        if isNext {
            // The other executor runs jobs in their order, so this one is before the job.
            Task(executorPreference: base) { self.state.withLock { $0.action }?() }
        }
        base.enqueue(UnownedJob(job))
    }
}

/// A virtual clock whose tasks run on a ``CountingExecutor``.
struct CountingClock: Clock, ExecutorClock {
    typealias Instant = VirtualClock.Instant

    let base: VirtualClock
    let executor: CountingExecutor

    var now: Instant { base.now }
    var minimumResolution: Duration { base.minimumResolution }
    var taskExecutor: any TaskExecutor { executor }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await base.sleep(until: deadline, tolerance: tolerance)
    }
}
