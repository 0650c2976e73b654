/// An answer about a job, and what is known when it comes. All who wait for the job take it.
struct HeardAnswer {
    let answer: EndpointAsker.Answer
    /// The answer as it is kept, where it says that the job is pending.
    let word: LastWord
    /// How long it took.
    let latency: Duration
    /// A number from 0 to 1, for the jitter.
    let random: Double
    /// Whether the provider may be asked again soon after an error.
    let mayRetry: Bool
    /// What has been learned of the endpoint's jobs.
    let durations: JobDurations?

    var isPending: Bool {
        if case .success(.pending) = answer { true } else { false }
    }

    /// Whether the server said anything at all. How long its silence lasted tells nothing about its answers.
    var wasReceived: Bool {
        if case .failure(let error) = answer { error.httpStatus != nil } else { true }
    }
}
