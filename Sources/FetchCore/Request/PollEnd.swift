/// The end of one poll.
struct PollEnd: Sendable {
    /// The state of the job, or the error of the request that failed.
    let result: Result<FetchState<any FetchOutput>, FetchError>

    /// What the next poll of the job needs to go on at the follow-up that failed. `nil` if it begins with the request
    /// for the status.
    var interruption: InterruptedPoll?
}
