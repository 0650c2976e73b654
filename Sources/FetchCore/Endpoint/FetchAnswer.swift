/// What an endpoint reads out of one response.
public enum FetchAnswer<Output: Sendable>: Sendable {
    /// The job isn't ready.
    case pending(JobProgress)
    /// The job is done, and this is its output.
    case succeeded(Output)
    /// The job ended without an output. That the *fetch* failed is an error instead: throw ``FetchError``.
    case failed(JobFailure)
    /// The answer is elsewhere: one more request is needed.
    case followUp(FollowUp<Output>)

    /// The job isn't ready, and the answer says nothing more.
    public static var pending: Self { .pending(JobProgress()) }
}

extension FetchAnswer where Output: FetchOutput {
    /// The same answer, with an output of any type.
    var forAnyOutput: FetchAnswer<any FetchOutput> {
        switch self {
        case .pending(let progress): .pending(progress)
        case .succeeded(let output): .succeeded(output)
        case .failed(let failure): .failed(failure)
        case .followUp(let followUp): .followUp(followUp.forAnyOutput)
        }
    }
}
