/// A failed request that a subscription retries.
public struct FetchRetry: Sendable, Equatable {
    /// The error of the request, with the job.
    public var error: FetchError

    /// The number of requests for the job in this subscription, including the failed one.
    public var requests: Int

    /// The time since the subscription began.
    public var elapsed: Duration

    /// The time until the next request.
    public var nextRequest: Duration

    /// Creates a retry, for example for a test of an observer.
    ///
    /// - Parameters:
    ///   - error: The error of the request, with the job.
    ///   - requests: The number of requests for the job, including the failed one.
    ///   - elapsed: The time since the subscription began.
    ///   - nextRequest: The time until the next request.
    public init(error: FetchError, requests: Int, elapsed: Duration, nextRequest: Duration) {
        self.error = error
        self.requests = requests
        self.elapsed = elapsed
        self.nextRequest = nextRequest
    }
}
