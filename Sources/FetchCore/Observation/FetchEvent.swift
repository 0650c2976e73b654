/// An event of a client, for logs and metrics.
public struct FetchEvent: Sendable, Equatable {
    /// The kinds of events.
    public enum Kind: Sendable, Equatable {
        /// A request begins.
        case requested
        /// A response was received, and the job isn't done.
        ///
        /// - Parameters:
        ///   - progress: The progress in the response, with all of its details.
        ///   - latency: The time from the beginning of the request to the decoded response.
        case pending(JobProgress, latency: Duration)
        /// A response was received, and the job has ended.
        ///
        /// - Parameters:
        ///   - isSuccess: True if the job has an output.
        ///   - latency: The time from the beginning of the request to the decoded response.
        ///   - undetected: The estimated time since the end of the job: half the time since the previous request for
        ///     it. `nil` if there was none.
        case detected(isSuccess: Bool, latency: Duration, undetected: Duration?)
        /// A request failed. A ``retrying(_:)`` event follows if a subscription retries it.
        ///
        /// - Parameters:
        ///   - error: The error of the request.
        ///   - latency: The time from the beginning of the request to the error.
        case failed(FetchError, latency: Duration)
        /// A request failed, and a subscription retries it.
        ///
        /// If several subscriptions share the request, the event describes the earliest retry.
        case retrying(FetchRetry)
        /// The provider limited the rate with a 429, and receives no requests during the pause.
        case throttled(pause: Duration)
        /// A wait ended with an error: its deadline passed, or its requests failed. The outcome of the job is unknown.
        ///
        /// Each of several waits for a job has an event of its own. A wait that is cancelled has none. The number of the
        /// request is that of the last one, and 0 if there was none.
        ///
        /// - Parameters:
        ///   - error: The error that the wait throws.
        ///   - elapsed: The time since the beginning of the wait.
        case waitFailed(FetchError, elapsed: Duration)
    }

    /// The request that an event is about.
    public struct Request: Sendable, Hashable {
        /// The number of the request in the wait for the job: 1 for the first one.
        ///
        /// If several waits share the request, it is the number in the wait with the most requests. Follow-ups, and the
        /// repetition with another key after a 401, belong to the request and aren't counted. In a wait that goes on
        /// from a ``BatchSnapshot``, the requests of the earlier process count.
        public var number: Int

        /// The host that the request was sent to. `nil` if nothing was sent: for ``Kind/requested``, and for a request
        /// that failed before, such as for lack of a key. After a follow-up, it is the host of the last one.
        public var host: String?

        /// The HTTP status of the response. `nil` if none was received. After a follow-up, it is the status of the last
        /// one.
        public var httpStatus: Int?

        /// Creates the request of an event, for example for a test of an observer.
        ///
        /// - Parameters:
        ///   - number: The number of the request in the wait for the job. Defaults to 1.
        ///   - host: The host that it was sent to. Defaults to none.
        ///   - httpStatus: The HTTP status of the response. Defaults to none.
        public init(number: Int = 1, host: String? = nil, httpStatus: Int? = nil) {
            self.number = number
            self.host = host
            self.httpStatus = httpStatus
        }
    }

    /// The polled job.
    public var job: JobReference

    /// The provider of the job's endpoint.
    public var provider: ProviderID

    /// The account of the request. `nil` for the client's own.
    public var account: AccountID?

    /// The request that the event is about: its number, its host, and the HTTP status of its response.
    public var request: Request

    /// The kind of the event, with its values.
    public var kind: Kind

    /// Creates an event, for example for a test of an observer.
    ///
    /// - Parameters:
    ///   - job: The polled job.
    ///   - provider: The provider of the job's endpoint.
    ///   - account: The account of the request. Defaults to the client's own.
    ///   - request: The request. Defaults to the first one, of which nothing else is known.
    ///   - kind: The kind of the event, with its values.
    public init(
        job: JobReference,
        provider: ProviderID,
        account: AccountID? = nil,
        request: Request = Request(),
        kind: Kind
    ) {
        self.job = job
        self.provider = provider
        self.account = account
        self.request = request
        self.kind = kind
    }
}

/// A type that receives the events of a client, for example to pass them to a logging or metrics library.
///
/// ```swift
/// struct Log: FetchObserver {
///     func record(_ event: FetchEvent) {
///         print(event.job, event.request.number, event.request.httpStatus ?? 0, event.kind)
///     }
/// }
/// ```
///
/// Events contain no key. They are recorded from many tasks concurrently. Those of one request come in order; if two
/// requests for a job follow each other at once, the first event of the second may come before the last of the first.
/// The client waits until ``record(_:)`` returns, so it must not block.
public protocol FetchObserver: Sendable {
    /// Receives an event. It is called on any thread.
    func record(_ event: FetchEvent)
}
