/// The meaning of a response, as the pipeline needs it. An output stays with the code that knows its type.
enum ResponseMeaning {
    case pending(JobProgress)
    case succeeded
    case failed(JobFailure)
    /// One more request, or the error if it can't be drafted.
    case followUp(Result<RequestDraft, FetchError>)
}
