import FetchCore

/// Something that happened to one of several jobs.
struct JobEvent: Sendable {
    enum News: Sendable {
        /// A state; a terminal one is the last event of its job.
        case update(FetchUpdate<any FetchOutput>)
        /// A request failed and will be made again.
        case retry(FetchRetry)
        /// No state can be had. The last event of its job.
        case error(FetchError)
    }

    let job: JobReference
    let news: News

    /// The events of all jobs as they come, until every job has ended.
    ///
    /// Each job is a wait of its own: a slow or failing one neither delays nor ends the others. Leaving the loop ends
    /// them all.
    static func stream(of jobs: [JobReference], from client: FetchClient) -> AsyncStream<JobEvent> {
        AsyncStream { continuation in
            let waits = Task {
                await withTaskGroup { group in
                    for job in jobs {
                        group.addTask {
                            var client = client
                            client.onRetry = { continuation.yield(JobEvent(job: job, news: .retry($0))) }
                            do {
                                for try await update in client.updates(job) {
                                    continuation.yield(JobEvent(job: job, news: .update(update)))
                                }
                            } catch let error as FetchError {
                                continuation.yield(JobEvent(job: job, news: .error(error)))
                            } catch {
                                // Cancelled, since nobody looks any more.
                            }
                        }
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in waits.cancel() }
        }
    }
}
