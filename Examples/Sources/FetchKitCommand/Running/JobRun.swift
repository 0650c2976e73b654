import FetchCore
import FetchDownload
import Foundation
import Synchronization

/// A wait for many jobs, whose events are shown until all of them have ended.
struct JobRun: Sendable {
    /// The number of jobs that are waited for at once. Further ones are read when there is room.
    private static let maximumJobs = 10_000
    /// The number of jobs whose outputs are saved at once. Outcomes that wait for room slow polling down.
    private static let maximumSaves = 16

    let client: FetchClient
    let reporter: Reporter
    let mailbox: EventMailbox
    /// The folder for the outputs. `nil` if they aren't saved.
    var folder: OutputFolder?
    var rule = EndRule.allJobs

    /// Waits for jobs.
    ///
    /// - Parameter jobs: The jobs.
    /// - Returns: The exit status.
    func run(_ jobs: JobSource) async -> ExitStatus {
        // Before the first request, so that a signal after it always ends the run in the regular way.
        let interruptions = Interruption.signals()
        await folder?.removeStaleParts()
        await reporter.prepare(for: jobs, savesFiles: folder != nil)
        let batch = client.outcomes(of: jobs, maxConcurrent: Self.maximumJobs)
        let end = RunEnd(batch)
        let signals = Task {
            for await status in interruptions { end.interrupt(status) }
        }
        let display = Task { await reporter.run(batch) }
        let status = await outcomes(of: batch, until: end)
        // The loop may end before the signal that has ended it has noted the jobs that go on.
        signals.cancel()
        await signals.value
        display.cancel()
        await display.value
        await reporter.finish(end.rest(of: jobs, mailbox))
        if let interruption = end.interruption { return interruption }
        if mailbox.hasRejected { return .usage }
        return rule == .firstSuccess && end.isEarly ? .succeeded : status
    }

    private func outcomes(of batch: JobBatch, until end: RunEnd) async -> ExitStatus {
        await withTaskGroup(of: ExitStatus.self) { group in
            var status = ExitStatus.succeeded
            var saves = 0
            do {
                for try await outcome in batch {
                    let own = await show(.ended(outcome), of: outcome.job)
                    status = max(status, own)
                    guard let folder, own == .succeeded else {
                        if rule.ends(with: own) { end.stop() }
                        continue
                    }
                    if saves == Self.maximumSaves {
                        status = max(status, await group.next() ?? .succeeded)
                        saves -= 1
                    }
                    saves += 1
                    group.addTask { await save(outcome, in: folder, until: end) }
                }
            } catch let error as UsageError {
                await reporter.print(error)
                status = max(status, .usage)
            } catch {
                // Only cancellation, and this task isn't cancelled.
            }
            for await own in group { status = max(status, own) }
            return status
        }
    }

    private func save(_ outcome: JobOutcome, in folder: OutputFolder, until end: RunEnd) async -> ExitStatus {
        let task = Task { () -> SavedResult? in
            mailbox.post(.saving(DownloadProgress(bytes: 0)), of: outcome.job)
            return await folder.save(outcome, with: client) { mailbox.post(.saving($0), of: outcome.job) }
        }
        guard let result = await end.value(of: task, saving: outcome.job) else { return .succeeded }
        let status = await show(.saved(result), of: outcome.job)
        if rule.ends(with: status) { end.stop() }
        return status
    }

    private func show(_ kind: JobEvent.Kind, of job: JobReference) async -> ExitStatus {
        mailbox.post(kind, of: job)
        await reporter.flush()
        return ExitStatus(kind)
    }
}
