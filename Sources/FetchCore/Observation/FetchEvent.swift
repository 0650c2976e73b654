/// Something that a client did or found out, for logs and metrics.
public struct FetchEvent: Sendable {
    /// What happened.
    public enum Kind: Sendable {
        /// A request begins.
        case requested
        /// An answer came, and the job isn't ready: seen from its end, the request was wasted.
        case pending(JobProgress, latency: Duration)
        /// The job was found at its end.
        ///
        /// - Parameters:
        ///   - isSuccess: Whether it has an output.
        ///   - latency: How long the answer took.
        ///   - undetected: For how long the job has been ready unnoticed, as far as can be known: half the time since the
        ///     request before, nil where there was none.
        case detected(isSuccess: Bool, latency: Duration, undetected: Duration?)
        /// The request failed, and those who wait will ask again or give up.
        case failed(FetchError, latency: Duration)
        /// The request failed and will be repeated for a wait.
        ///
        /// If several waits for the job share the request, the retry is that of the one that repeats it first.
        case retrying(FetchRetry)
        /// The provider asked to slow down, and gets no request for this long.
        case throttled(pause: Duration)
    }

    /// The job that was asked about.
    public var job: JobReference

    /// Whose account was asked.
    public var provider: ProviderID

    /// What happened.
    public var kind: Kind
}

/// Hears what a client does: the place for a logging or metrics library.
///
/// ```swift
/// struct Log: FetchObserver {
///     func record(_ event: FetchEvent) {
///         print(event.provider, event.job, event.kind)
///     }
/// }
/// ```
///
/// Events hold no key. They come from many tasks at once, one after the other for each job, and a client waits for `record`
/// to return: it should hand the event on and do nothing else.
public protocol FetchObserver: Sendable {
    /// Takes an event.
    func record(_ event: FetchEvent)
}
