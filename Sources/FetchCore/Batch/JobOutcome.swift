#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The end of waiting for one job of a batch.
///
/// ```swift
/// switch outcome.result {
/// case .succeeded(let output): show(output.outputArtifacts)
/// case .failed(let error): show(error.failure?.message ?? "The job failed.")
/// case .unknown: pollAgainLater(outcome.job)
/// }
/// ```
///
/// An outcome is `Codable`, so that it can be written to a database as it is and shown later.
public struct JobOutcome: Sendable, Equatable {
    /// The job.
    public var job: JobReference

    /// The account of the job. `nil` for the client's own.
    public var account: AccountID?

    /// The output of the job, the reason of its failure, or the error because of which neither is known.
    public var result: JobResult

    /// The number of requests for the job, including failed ones. Zero if it couldn't be polled.
    public var requests: Int

    /// The time from when the job was added to the batch.
    public var elapsed: Duration

    /// The date at which the response with the job's end was received, or at which polling ended without one.
    ///
    /// The job itself ended at some time since the request before.
    public var date: Date

    /// The value that was given with the job. `nil` if there was none.
    public var context: JSONValue?

    /// Creates an outcome, for example for a preview or a test.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - account: The account of the job. Defaults to the client's own.
    ///   - result: What has become of the job.
    ///   - requests: The number of requests for the job. Defaults to 1.
    ///   - elapsed: The time from when the job was added. Defaults to zero.
    ///   - date: The date of the end. Defaults to now.
    ///   - context: The value that was given with the job. Defaults to none.
    public init(
        _ job: JobReference,
        account: AccountID? = nil,
        _ result: JobResult,
        requests: Int = 1,
        elapsed: Duration = .zero,
        date: Date = Date(),
        context: JSONValue? = nil
    ) {
        self.job = job
        self.account = account
        self.result = result
        self.requests = requests
        self.elapsed = elapsed
        self.date = date
        self.context = context
    }
}

extension JobOutcome: CustomStringConvertible {
    /// The job, its account and its result, on one line.
    public var description: String {
        if result.error?.job == job { return "\(result)" }
        return account.map { "\(job) of account \($0) \(result)" } ?? "\(job) \(result)"
    }
}
