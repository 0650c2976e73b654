/// The end of one job of a batch.
public struct JobOutcome: Sendable {
    /// The job.
    public var job: JobReference

    /// The job's output, or the error that ended the wait: ``FetchError/Code/jobFailed`` if the job ended without an
    /// output.
    public var result: Result<any FetchOutput, FetchError>
}
