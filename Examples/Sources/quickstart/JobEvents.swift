import FetchCore

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

    /// Returns the events of all jobs as they arrive, until every job has ended.
    ///
    /// The jobs are polled independently: a slow or failed job doesn't affect the others. Ending the iteration cancels
    /// all of them. The function can be called once.
    func poll(_ jobs: [JobReference], with client: FetchClient) -> AsyncStream<JobEvent> {
        let polling = Task { [continuation] in
            await withTaskGroup { group in
                for job in jobs {
                    group.addTask {
                        do {
                            for try await update in client.updates(job) {
                                continuation.yield(JobEvent(job: job, kind: .update(update)))
                            }
                        } catch let error as FetchError {
                            continuation.yield(JobEvent(job: job, kind: .error(error)))
                        } catch {
                            // The iteration ended, which cancelled this task.
                        }
                    }
                }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in polling.cancel() }
        return stream
    }
}
