/// An element of ``FetchUpdates``: a job's state and the statistics of polling so far.
public struct FetchUpdate<Output: Sendable>: Sendable {
    /// The state from the latest response. No update follows a terminal state.
    public var state: FetchState<Output>

    /// The number of requests for this iteration so far, including failed ones. Follow-ups of a poll don't count
    /// separately.
    public var requests: Int

    /// The time since the first call of `next()`.
    public var elapsed: Duration

    /// The time from the response to the next request. `nil` if there is none, because the state is terminal or the
    /// last request before the deadline was made.
    public var nextRequest: Duration?
}
