import FetchDataStructures

/// A request about a job that has begun or is about to.
struct PollRequest: Sendable {
    let job: SlotKey

    /// The number that tells it from the other requests about the job.
    let number: UInt32

    /// The scheduler's task that sends it; `nil` if the caller's own task does.
    let task: CancellableTask?

    let handle: EndpointHandle
    let id: String
    let timeout: Duration

    /// The longest pause that the provider gets if it asks for one.
    let longestPause: Duration
}
