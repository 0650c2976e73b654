package import FetchCore
import Synchronization

/// A record of the client's outcomes that verifies them against the server's responses.
package final class OutcomeVerifier: Sendable {
    private struct State {
        var outcomes: [UInt8]
        var isCancelled: [Bool]
        var counts: [String: Int] = [:]
        var outcomeCount = 0
        var disagreements: [String] = []
    }

    private let server: SoakServer
    private let numbers: [JobReference: Int]
    private let state: Mutex<State>

    /// Creates a verifier without outcomes for the server's jobs, in the order of their numbers.
    package init(server: SoakServer, jobs: [JobReference]) {
        self.server = server
        numbers = Dictionary(uniqueKeysWithValues: zip(jobs, jobs.indices))
        state = Mutex(
            State(
                outcomes: Array(repeating: 0, count: jobs.count),
                isCancelled: Array(repeating: false, count: jobs.count)
            )
        )
    }

    /// Records an outcome and returns the number of outcomes so far.
    @discardableResult
    package func record(_ result: Result<any FetchOutput, FetchError>, of job: JobReference) -> Int {
        guard let number = numbers[job] else {
            report("\(job) isn't a job of the server")
            return state.withLock(\.outcomeCount)
        }
        check(result, of: number, for: "the batch")
        return state.withLock { state in
            state.outcomes[number] += 1
            state.counts[server.plans[number].ending.rawValue, default: 0] += 1
            state.outcomeCount += 1
            return state.outcomeCount
        }
    }

    /// Records a job's cancellation. `wasActive` is false if the job had ended before.
    package func recordCancellation(of number: Int, wasActive: Bool) {
        let plan = server.plans[number]
        if plan.ending == .endless, !wasActive { report("job \(number) ended before its cancellation") }
        state.withLock { state in
            guard wasActive else { return state.counts["cancelledTooLate", default: 0] += 1 }
            if state.isCancelled[number] { state.disagreements.append("job \(number) was cancelled twice") }
            state.isCancelled[number] = true
            let kind = plan.ending == .endless ? "cancelled" : "cancelledAtTheEnd"
            state.counts[kind, default: 0] += 1
        }
    }

    /// Records the result of a second caller; `nil` if it was cancelled.
    func recordSecondCaller(_ result: Result<any FetchOutput, FetchError>?, of number: Int) {
        if let result { check(result, of: number, for: "a second caller") }
        state.withLock { $0.counts[result == nil ? "lateComerGone" : "lateComer", default: 0] += 1 }
    }

    /// Records a difference between the client's and the server's view.
    func report(_ problem: String) { state.withLock { $0.disagreements.append(problem) } }

    /// The number of outcomes, cancellations and second callers by kind.
    var counts: [String: Int] { state.withLock(\.counts) }

    /// Descriptions of the differences between the client's and the server's view.
    package var disagreements: [String] { state.withLock(\.disagreements) }

    /// The numbers of the jobs that have no outcome and weren't cancelled.
    package var lost: [Int] {
        state.withLock { state in state.outcomes.indices.filter { state.outcomes[$0] == 0 && !state.isCancelled[$0] } }
    }

    /// The numbers of the jobs with more than one outcome, or with an outcome after a cancellation.
    package var doubled: [Int] {
        state.withLock { state in
            state.outcomes.indices.filter { state.outcomes[$0] > (state.isCancelled[$0] ? 0 : 1) }
        }
    }

    private func check(_ result: Result<any FetchOutput, FetchError>, of number: Int, for caller: String) {
        if !server.isEndSent(for: number) { report("job \(number) ended for \(caller) without a terminal response") }
        if let problem = server.plans[number].problem(with: result) {
            report("job \(number) for \(caller): \(problem)")
        }
    }
}
