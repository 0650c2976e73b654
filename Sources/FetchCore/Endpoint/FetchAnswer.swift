/// The meaning of one response, as an endpoint decodes it.
public enum FetchAnswer<Output: Sendable>: Sendable {
    /// The job isn't done. The client polls it again.
    case pending(JobProgress)
    /// The job is done. Polling ends with this output.
    case succeeded(Output)
    /// The job ended without an output, and polling ends.
    ///
    /// A failed *request* isn't a failed job: the endpoint throws ``FetchError`` for it.
    case failed(JobFailure)
    /// The response doesn't contain the result. The client sends one more request for it.
    case followUp(FollowUp<Output>)

    /// The job isn't done, and the response contains no progress.
    public static var pending: Self { .pending(JobProgress()) }
}

extension FetchAnswer where Output: FetchOutput {
    /// The same answer with its output type erased.
    var forAnyOutput: FetchAnswer<any FetchOutput> {
        switch self {
        case .pending(let progress): .pending(progress)
        case .succeeded(let output): .succeeded(output)
        case .failed(let failure): .failed(failure)
        case .followUp(let followUp): .followUp(followUp.forAnyOutput)
        }
    }
}
