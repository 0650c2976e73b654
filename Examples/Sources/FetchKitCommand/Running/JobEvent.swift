package import FetchCore
package import FetchDownload

/// An event of one of several jobs.
package struct JobEvent: Sendable {
    /// The kinds of events.
    package enum Kind: Sendable {
        /// The job was added. The submission is what the command line says of it.
        case added(Submission?)
        /// A request begins.
        case requested
        /// A response was received, and the job isn't done.
        case pending(JobProgress, requests: Int)
        /// A failed request that will be retried.
        case retry(FetchRetry)
        /// A request has ended, for `--verbose`.
        case responded(RequestReport)
        /// Polling has ended. It is the last event of its job, unless its outputs are saved.
        case ended(JobOutcome)
        /// The outputs are being saved.
        case saving(DownloadProgress)
        /// The outputs have been saved, or could not be. It is the last event of its job.
        case saved(SavedResult)
    }

    /// The job.
    package let job: JobReference
    /// What has happened.
    package let kind: Kind
    /// The time since the program began.
    package let time: Duration

    /// Creates an event.
    package init(_ kind: Kind, of job: JobReference, at time: Duration) {
        self.job = job
        self.kind = kind
        self.time = time
    }

    /// True if the event can be left out when too many wait to be shown: a later one replaces it.
    var isReplaceable: Bool {
        switch kind {
        case .requested, .pending, .retry, .responded, .saving: true
        case .added, .ended, .saved: false
        }
    }
}

extension JobEvent {
    /// Returns true if no event of the job follows, when outputs are saved and when they aren't.
    func isLast(savesFiles: Bool) -> Bool {
        switch kind {
        case .saved: true
        case .ended(let outcome): !savesFiles || outcome.result.output == nil
        case .added, .requested, .pending, .retry, .responded, .saving: false
        }
    }
}

extension JobEvent {
    /// True if the event is a state of the job.
    var isState: Bool {
        switch kind {
        case .pending, .ended: true
        case .added, .requested, .retry, .responded, .saving, .saved: false
        }
    }
}
