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

extension FetchAnswer {
    /// Returns the same answer with another output.
    ///
    /// - Parameter transform: Converts the output. For an answer that needs a follow-up it is called with the output of
    ///   that one, and an error that it throws then is an error of the request.
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
