/// A failed request that a subscription retries.
public struct FetchRetry: Sendable {
    /// The error of the request, with the job.
    public var error: FetchError

    /// The number of requests for the job in this subscription, including the failed one.
    public var requests: Int

    /// The time since the subscription began.
    public var elapsed: Duration

    /// The time until the next request.
    public var nextRequest: Duration
}
