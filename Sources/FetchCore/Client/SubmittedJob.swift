/// The job in the response to its submission.
///
/// ```swift
/// switch try await client.submittedJob(in: response, of: .transcript) {
/// case .queued(let job): queue.insert(job)
/// case .succeeded(let text): show(text)
/// case .failed(let failure): show(failure)
/// }
/// ```
public enum SubmittedJob<Output: Sendable>: Sendable {
    /// The job has to be polled. The value has its id, the date of the submission and the ETA: what a database stores,
    /// and what a batch waits for.
    case queued(QueuedJob)
    /// The response already has the output. There is nothing to poll.
    case succeeded(Output)
    /// The response already says that the job has failed. There is nothing to poll.
    case failed(JobFailure)
}

extension SubmittedJob: Equatable where Output: Equatable {}
extension SubmittedJob: Hashable where Output: Hashable {}
