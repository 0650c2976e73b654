import FetchCore

/// An event of one of several jobs.
struct JobEvent: Sendable {
    enum Kind: Sendable {
        /// A new state. A terminal state is the last event of its job.
        case update(FetchUpdate<any FetchOutput>)
        /// A failed request that will be retried.
        case retry(FetchRetry)
        /// A permanent error. It is the last event of its job.
        case error(FetchError)
    }

    let job: JobReference
    let kind: Kind

    /// Returns the events of all jobs as they arrive, until every job has ended.
    ///
    /// The jobs are polled independently: a slow or failed job doesn't affect the others. Ending the iteration cancels all of
    /// them.
    static func stream(of jobs: [JobReference], from client: FetchClient) -> AsyncStream<JobEvent> {
        AsyncStream { continuation in
            let polling = Task {
                await withTaskGroup { group in
                    for job in jobs {
                        group.addTask {
                            var client = client
                            client.onRetry = { continuation.yield(JobEvent(job: job, kind: .retry($0))) }
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
        }
    }
}
