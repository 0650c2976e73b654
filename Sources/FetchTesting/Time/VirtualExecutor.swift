import Dispatch
import Synchronization

/// Runs jobs one after the other, and moves time on when there is none.
final class VirtualExecutor: TaskExecutor {
    private struct State {
        var now: Duration = .zero
        var jobs: [UnownedJob] = []
        var jobsDone = 0
        var isDraining = false
        var sleepers = SleeperQueue()
        var nextID = 0
        var cancelledBeforeSleep: Set<Int> = []
    }

    private enum Step {
        case run(UnownedJob)
        case wake(SleeperQueue.Continuation)
        case rest
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "FetchTesting.VirtualExecutor")

    var now: Duration { state.withLock(\.now) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustDrain = state.withLock { state in
            state.jobs.append(job)
            return Self.beginDraining(&state)
        }
        if mustDrain { queue.async { self.drain() } }
    }

    private func drain() {
        while true {
            switch state.withLock({ Self.nextStep(in: &$0) }) {
            case .run(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .wake(let sleeper): sleeper.resume()
            case .rest: return
            }
        }
    }

    private static func nextStep(in state: inout State) -> Step {
        if state.jobsDone < state.jobs.count {
            defer { state.jobsDone += 1 }
            return .run(state.jobs[state.jobsDone])
        }
        state.jobs.removeAll(keepingCapacity: true)
        state.jobsDone = 0
        guard let (time, sleeper) = state.sleepers.popFirst() else {
            state.isDraining = false
            return .rest
        }
        state.now = max(state.now, time)
        return .wake(sleeper)
    }

    /// Whether somebody has to start draining.
    private static func beginDraining(_ state: inout State) -> Bool {
        defer { state.isDraining = true }
        return !state.isDraining
    }

    func sleep(until time: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        defer { state.withLock { _ = $0.cancelledBeforeSleep.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let (outcome, mustDrain) = state.withLock { state -> (Result<Void, any Error>?, Bool) in
                    if state.cancelledBeforeSleep.remove(id) != nil { return (.failure(CancellationError()), false) }
                    if time <= state.now { return (.success(()), false) }
                    state.sleepers.insert(continuation, id: id, until: time)
                    // Whoever sleeps outside `run` would otherwise wait until somebody runs inside.
                    return (nil, Self.beginDraining(&state))
                }
                if let outcome { continuation.resume(with: outcome) }
                if mustDrain { queue.async { self.drain() } }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> SleeperQueue.Continuation? in
                let sleeper = state.sleepers.remove(id)
                if sleeper == nil { state.cancelledBeforeSleep.insert(id) }
                return sleeper
            }
            sleeper?.resume(throwing: CancellationError())
        }
    }
}
