import Dispatch
import Synchronization

/// Runs jobs one after the other, and moves time on when there is none.
final class VirtualExecutor: TaskExecutor {
    private struct Sleeper {
        let id: Int
        let time: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Duration = .zero
        var jobs: [UnownedJob] = []
        var isDraining = false
        var sleepers: [Sleeper] = []
        var nextID = 0
        var cancelledBeforeSleep: Set<Int> = []
    }

    private enum Step {
        case run(UnownedJob)
        case wake(Sleeper)
        case rest
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "FetchTesting.VirtualExecutor")

    var now: Duration { state.withLock(\.now) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustDrain = state.withLock { state in
            state.jobs.append(job)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustDrain { queue.async { self.drain() } }
    }

    private func drain() {
        while true {
            switch state.withLock({ Self.nextStep(in: &$0) }) {
            case .run(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .wake(let sleeper): sleeper.continuation.resume()
            case .rest: return
            }
        }
    }

    private static func nextStep(in state: inout State) -> Step {
        if !state.jobs.isEmpty { return .run(state.jobs.removeFirst()) }
        // Of those who wait for the same moment, the one that came first goes on first.
        let first = state.sleepers.indices.min {
            (state.sleepers[$0].time, state.sleepers[$0].id) < (state.sleepers[$1].time, state.sleepers[$1].id)
        }
        guard let first else {
            state.isDraining = false
            return .rest
        }
        let sleeper = state.sleepers.remove(at: first)
        state.now = max(state.now, sleeper.time)
        return .wake(sleeper)
    }

    func sleep(until time: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        defer { state.withLock { _ = $0.cancelledBeforeSleep.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelledBeforeSleep.remove(id) != nil { return .failure(CancellationError()) }
                    if time <= state.now { return .success(()) }
                    state.sleepers.append(Sleeper(id: id, time: time, continuation: continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelledBeforeSleep.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
