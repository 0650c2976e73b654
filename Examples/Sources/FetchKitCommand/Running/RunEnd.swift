import FetchCore
import Foundation
import Synchronization

/// The early end of a wait, by a signal or by an ``EndRule``: what is still waited for, and the saves to cancel.
final class RunEnd: Sendable {
    private struct State {
        var interruption: ExitStatus?
        var isEarly = false
        var waiting: [WaitingJob] = []
        var unsaved: [JobReference] = []
        var saves: [JobReference: Task<SavedResult?, Never>] = [:]
    }

    private let batch: JobBatch
    private let state = Mutex(State())

    /// - Parameter batch: The jobs that are waited for.
    init(_ batch: JobBatch) { self.batch = batch }

    /// The status of the signal that has ended the wait. `nil` if none has.
    var interruption: ExitStatus? { state.withLock(\.interruption) }

    /// True if the wait has ended before all jobs had.
    var isEarly: Bool { state.withLock(\.isEarly) }

    /// Ends the wait because of a signal. A second one ends the process at once.
    func interrupt(_ status: ExitStatus) {
        let isSecond = state.withLock { state in
            defer { state.interruption = state.interruption ?? status }
            return state.interruption != nil
        }
        if isSecond { exit(status.rawValue) }
        stop()
    }

    /// Ends the wait. Nothing is cancelled at a provider.
    func stop() {
        let waiting = batch.drain().jobs
        let saves = state.withLock { state in
            state.isEarly = true
            state.waiting += waiting
            return state.saves.values
        }
        for save in saves { save.cancel() }
    }

    /// Returns the result of a save, which the end of the wait cancels.
    func value(of save: Task<SavedResult?, Never>, saving job: JobReference) async -> SavedResult? {
        let isEarly = state.withLock { state in
            state.saves[job] = save
            return state.isEarly
        }
        if isEarly { save.cancel() }
        let result = await save.value
        state.withLock { state in
            state.saves[job] = nil
            if result == nil { state.unsaved.append(job) }
        }
        return result
    }

    /// Returns what another run has to go on with.
    func rest(of jobs: JobSource, _ mailbox: EventMailbox) -> RestOfRun {
        state.withLock { state in
            RestOfRun(
                isInterrupted: state.interruption != nil,
                lines: state.waiting.map(\.line) + state.unsaved.map(\.description),
                lastLine: state.isEarly && jobs.readsInput ? mailbox.lastLine : nil
            )
        }
    }
}
