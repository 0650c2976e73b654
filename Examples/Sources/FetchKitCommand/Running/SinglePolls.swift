import FetchCore
import Foundation

/// One poll of each of many jobs.
struct SinglePolls: Sendable {
    /// The number of polls at the same time. The client's limits apply as well.
    private static let maximumPolls = 64

    let client: FetchClient
    let reporter: Reporter
    let mailbox: EventMailbox

    /// Polls jobs, and shows their states.
    ///
    /// - Parameter jobs: The jobs.
    /// - Returns: The exit status.
    func run(_ jobs: JobSource) async -> ExitStatus {
        await reporter.prepare(for: jobs)
        let interruptions = Interruption.signals()
        let signals = Task {
            for await status in interruptions {
                // Each state was printed when it came, and the input may be blocked, so nothing is left to end.
                await reporter.finish(RestOfRun(isInterrupted: true))
                exit(status.rawValue)
            }
        }
        let status = await poll(jobs)
        signals.cancel()
        await reporter.finish(RestOfRun())
        return mailbox.hasRejected ? .usage : status
    }

    private func poll(_ jobs: JobSource) async -> ExitStatus {
        await withTaskGroup(of: ExitStatus.self) { group in
            var (status, polls) = (ExitStatus.succeeded, 0)
            do {
                for try await job in jobs {
                    if polls == Self.maximumPolls {
                        status = max(status, await group.next() ?? .succeeded)
                        polls -= 1
                    }
                    polls += 1
                    group.addTask { await poll(job.job) }
                }
            } catch let error as UsageError {
                await reporter.print(error)
                status = max(status, .usage)
            } catch {
                // Only cancellation.
            }
            for await own in group { status = max(status, own) }
            return status
        }
    }

    private func poll(_ job: JobReference) async -> ExitStatus {
        let start = mailbox.now
        do {
            switch try await client.fetch(job) {
            case .pending(let progress): return await show(.pending(progress, requests: 1), of: job)
            case .succeeded(let output): return await show(.succeeded(output), of: job, since: start)
            case .failed(let failure):
                return await show(.failed(FetchError(failure, of: job)), of: job, since: start)
            }
        } catch let error as FetchError {
            return await show(.unknown(error), of: job, since: start)
        } catch {
            return .succeeded
        }
    }

    private func show(_ result: JobResult, of job: JobReference, since start: Duration) async -> ExitStatus {
        await show(.ended(JobOutcome(job, result, elapsed: mailbox.now - start)), of: job)
    }

    private func show(_ kind: JobEvent.Kind, of job: JobReference) async -> ExitStatus {
        mailbox.post(kind, of: job)
        await reporter.flush()
        return ExitStatus(kind)
    }
}

extension FetchError {
    /// Creates the error of a failed job.
    fileprivate init(_ failure: JobFailure, of job: JobReference) {
        self.init(.jobFailed, "the job failed: \(failure)")
        (self.failure, endpoint, id) = (failure, job.endpoint, job.id)
    }
}
