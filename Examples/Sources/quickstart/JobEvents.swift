import FetchCore
import FetchDownload
import Foundation

/// The events of several jobs. As the client's observer, it also receives the retries, which aren't states.
struct JobEvents: FetchObserver {
    private let stream: AsyncStream<JobEvent>
    private let continuation: AsyncStream<JobEvent>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func record(_ event: FetchEvent) {
        guard case .retrying(let retry) = event.kind else { return }
        continuation.yield(JobEvent(job: event.job, kind: .retry(retry)))
    }

    /// Returns the events of all jobs as they arrive, until every job has ended and its outputs are saved.
    ///
    /// The jobs are polled independently: a slow or failed job doesn't affect the others. Ending the iteration cancels
    /// all of them. The function can be called once.
    func poll(
        _ jobs: [JobReference],
        with client: FetchClient,
        savingTo folder: OutputFolder? = nil
    ) -> AsyncStream<JobEvent> {
        let polling = Task {
            await folder?.removeStaleParts()
            await withTaskGroup { group in
                for job in jobs { group.addTask { await poll(job, with: client, savingTo: folder) } }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in polling.cancel() }
        return stream
    }

    private func poll(_ job: JobReference, with client: FetchClient, savingTo folder: OutputFolder?) async {
        do {
            for try await update in client.updates(job) {
                yield(.update(update), of: job)
                guard let folder, case .succeeded(let output) = update.state else { continue }
                yield(.saving(DownloadProgress(bytes: 0)), of: job)
                // A job that is done at the first request may have ended long ago.
                let end = update.requests > 1 ? Date() : .distantPast
                let outcome = JobOutcome(job, .succeeded(output), requests: update.requests, date: end)
                let result = await folder.save(outcome, with: client) { progress in
                    yield(.saving(progress), of: job)
                }
                if let result { yield(.saved(result), of: job) }
            }
        } catch let error as FetchError {
            yield(.error(error), of: job)
        } catch {
            // The iteration ended, which cancelled this task.
        }
    }

    private func yield(_ kind: JobEvent.Kind, of job: JobReference) {
        continuation.yield(JobEvent(job: job, kind: kind))
    }
}
