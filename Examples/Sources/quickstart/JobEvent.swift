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
}
