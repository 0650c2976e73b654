/// A request of a wait that failed and will be made again.
public struct FetchRetry: Sendable {
    /// Why it failed, and of which job.
    public var error: FetchError

    /// How often the job has been asked about in this wait, this request included.
    public var requests: Int

    /// How long this wait has taken so far.
    public var elapsed: Duration

    /// How long it will be until the next request.
    public var nextRequest: Duration
}
