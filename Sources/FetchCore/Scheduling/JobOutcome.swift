/// What one of many jobs ended with.
public struct JobOutcome: Sendable {
    /// The job.
    public var job: JobReference

    /// Its output, or why there is none: ``FetchError/Code/jobFailed`` where the job ended without one.
    public var result: Result<any FetchOutput, FetchError>
}
