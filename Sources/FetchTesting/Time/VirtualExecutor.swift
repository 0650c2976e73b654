import Dispatch
import Synchronization

/// A serial task executor that advances virtual time whenever its queue of jobs is empty.
final class VirtualExecutor: TaskExecutor {
    private struct State {
        var now: Duration = .zero
        var jobs: [UnownedJob] = []
        var nextJob = 0
        var isDraining = false
        var sleepers = SleeperQueue()
        var nextID = 0
        var cancelledBeforeSleep: Set<Int> = []
    }

    private enum Step {
        case run(UnownedJob)
        case wake(SleeperQueue.Continuation)
        case idle
    }

    private let state = Mutex(State())

    /// Its target has as many threads as the machine has processors, for all executors together. A queue without one
    /// would get a thread of its own, and many tests at once would leave hardly any time to those that use the
    /// continuous clock.
    private let queue = DispatchQueue(label: "FetchTesting.VirtualExecutor", target: .global(qos: .utility))

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
            case .idle: return
            }
        }
    }

    private static func nextStep(in state: inout State) -> Step {
        if state.nextJob < state.jobs.count {
            defer { state.nextJob += 1 }
            return .run(state.jobs[state.nextJob])
        }
        state.jobs.removeAll(keepingCapacity: true)
        state.nextJob = 0
        guard let (time, sleeper) = state.sleepers.popFirst() else {
            state.isDraining = false
            return .idle
        }
        state.now = max(state.now, time)
        return .wake(sleeper)
    }

    /// Marks the executor as draining. Returns true if the caller must start ``drain()``.
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
                    // A task that sleeps outside `run` enqueues no job, so the sleep itself must start the drain.
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
