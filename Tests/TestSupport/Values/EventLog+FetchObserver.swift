package import FetchCore

/// A log of a client's events.
extension EventLog: FetchObserver where Event == FetchEvent {
    /// The retries among the events.
    package var retries: [FetchRetry] {
        events.compactMap { if case .retrying(let retry) = $0.kind { retry } else { nil } }
    }
}
