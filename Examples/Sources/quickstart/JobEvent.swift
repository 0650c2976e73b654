import FetchCore
import FetchDownload

/// An event of one of several jobs.
struct JobEvent: Sendable {
    enum Kind: Sendable {
        /// A new state. A terminal state is the last event of its job, unless its outputs are saved.
        case update(FetchUpdate<any FetchOutput>)
        /// The outputs are being saved.
        case saving(DownloadProgress)
        /// The outputs have been saved, or could not be. It is the last event of its job.
        case saved(SavedResult)
        /// A failed request that will be retried.
        case retry(FetchRetry)
        /// A permanent error. It is the last event of its job.
        case error(FetchError)
    }

    let job: JobReference
    let kind: Kind
}
