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

extension FetchAnswer {
    /// Returns the same answer with another output.
    ///
    /// - Parameter transform: Makes the other output. If a follow-up is needed, it is called with the output of that one, and what it
    ///   throws then is an error of the fetch.
    /// - Returns: The answer with the other output.
    /// - Throws: What `transform` throws.
    public func map<Other: Sendable>(
        _ transform: @escaping @Sendable (Output) throws -> Other
    ) throws -> FetchAnswer<Other> {
        switch self {
        case .pending(let progress): .pending(progress)
        case .succeeded(let output): .succeeded(try transform(output))
        case .failed(let failure): .failed(failure)
        case .followUp(let followUp): .followUp(followUp.map(transform))
        }
    }
}
