package import FetchCore
import Synchronization

/// What the client said of each job, held against what the server told.
package final class Ledger: Sendable {
    private struct State {
        var outcomes: [UInt8]
        var isCancelled: [Bool]
        var counts: [String: Int] = [:]
        var seen = 0
        var disagreements: [String] = []
    }

    private let desk: Desk
    private let numbers: [JobReference: Int]
    private let state: Mutex<State>

    /// - Parameter jobs: The jobs of the desk, by their numbers.
    package init(desk: Desk, jobs: [JobReference]) {
        self.desk = desk
        numbers = Dictionary(uniqueKeysWithValues: zip(jobs, jobs.indices))
        state = Mutex(
            State(
                outcomes: Array(repeating: 0, count: jobs.count),
                isCancelled: Array(repeating: false, count: jobs.count)
            )
        )
    }

    /// Notes an outcome, and returns how many there are by now.
    @discardableResult
    package func note(_ result: Result<any FetchOutput, FetchError>, of job: JobReference) -> Int {
        guard let number = numbers[job] else {
            disagree("\(job) is nobody's job")
            return state.withLock(\.seen)
        }
        check(result, of: number, for: "the batch")
        return state.withLock { state in
            state.outcomes[number] += 1
            state.counts[desk.fates[number].ending.rawValue, default: 0] += 1
            state.seen += 1
            return state.seen
        }
    }

    /// Notes that a job was taken out of its batch, or that it had ended before.
    package func noteCancellation(of number: Int, wasWaitedFor: Bool) {
        let fate = desk.fates[number]
        if fate.ending == .endless, !wasWaitedFor { disagree("job \(number) has ended before its cancellation") }
        state.withLock { state in
            guard wasWaitedFor else { return state.counts["cancelledTooLate", default: 0] += 1 }
            if state.isCancelled[number] { state.disagreements.append("job \(number) was cancelled twice") }
            state.isCancelled[number] = true
            let kind = fate.ending == .endless ? "cancelled" : "cancelledAtTheEnd"
            state.counts[kind, default: 0] += 1
        }
    }

    /// Notes what another wait for a job ended with; nil where it was given up.
    func noteLateComer(_ result: Result<any FetchOutput, FetchError>?, of number: Int) {
        if let result { check(result, of: number, for: "a late-comer") }
        state.withLock { $0.counts[result == nil ? "lateComerGone" : "lateComer", default: 0] += 1 }
    }

    /// Notes that something isn't as it should be.
    func disagree(_ text: String) { state.withLock { $0.disagreements.append(text) } }

    /// Who got what, by the kind of end.
    var counts: [String: Int] { state.withLock(\.counts) }

    /// What doesn't agree with the books, in words.
    package var disagreements: [String] { state.withLock(\.disagreements) }

    /// Jobs without an outcome that weren't cancelled either.
    package var lost: [Int] {
        state.withLock { state in state.outcomes.indices.filter { state.outcomes[$0] == 0 && !state.isCancelled[$0] } }
    }

    /// Jobs with more than one outcome, or with one although they were cancelled.
    package var doubled: [Int] {
        state.withLock { state in
            state.outcomes.indices.filter { state.outcomes[$0] > (state.isCancelled[$0] ? 0 : 1) }
        }
    }

    private func check(_ result: Result<any FetchOutput, FetchError>, of number: Int, for whom: String) {
        if !desk.isEndTold(of: number) { disagree("job \(number) has ended for \(whom), and the server never said so") }
        if let flaw = desk.fates[number].flaw(in: result) { disagree("job \(number) for \(whom): \(flaw)") }
    }
}
