/// One step of a wait: a job's state as an answer gave it.
public struct FetchUpdate<Output: Sendable>: Sendable {
    /// The state. After ``FetchState/succeeded(_:)`` and ``FetchState/failed(_:)`` no update follows.
    public var state: FetchState<Output>

    /// How often the job has been asked about in this wait, failed requests included.
    public var requests: Int

    /// How long this wait has taken so far.
    public var elapsed: Duration

    /// How long it will be until the next request; nil where there will be none, since the state is terminal or the
    /// deadline too near.
    public var nextRequest: Duration?
}
