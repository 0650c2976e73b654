public import FetchCore

/// The end of a job: its output, or the reason for which there is none.
public struct JobEnd: Sendable, Equatable, Codable {
    /// The ways in which a job can end.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The job has succeeded.
        case succeeded
        /// The provider ran the job, and it failed.
        case failed
        /// The job was cancelled, by the provider or with ``JobStore/cancel(_:tenant:)``.
        case cancelled
        /// The provider has deleted the job or its output.
        case expired
        /// The provider's content moderation refused the input or withheld the output.
        case moderated
        /// The provider doesn't know the job, and the time is over in which that may change.
        case gone
        /// The job is done, and its output can't be used.
        case unusable
        /// The deadline has passed. The job may end later, and that isn't found any more.
        case deadline
    }

    /// The greatest size of an end in a store, in bytes of JSON: one mebibyte.
    ///
    /// Bytes of an output take four thirds of their number. A job that has succeeded with a larger output is parked, so
    /// that nothing of it is lost.
    public static let maximumSize = 1_048_576

    /// The way in which the job ended.
    public var kind: Kind

    /// The items of the output, the main item first. Empty unless the job has succeeded.
    public var artifacts: [Artifact]

    /// The run time of the job. `nil` if its response didn't state it.
    public var duration: Duration?

    /// The error that ended the wait. `nil` if the job has succeeded, and if an application has cancelled it.
    public var error: FetchError?

    /// The number of requests of the worker that found the end.
    public var requests: Int

    /// The response whose output can't be used, for a corrected endpoint. `nil` unless the end is ``Kind/unusable``, and
    /// then if no response caused the error.
    public var response: StoredResponse?

    /// The provider's reason. `nil` unless the job ended with one.
    public var failure: JobFailure? { error?.failure }

    /// Creates an end.
    ///
    /// - Parameters:
    ///   - kind: The way in which the job ended.
    ///   - artifacts: The items of the output. Defaults to none.
    ///   - duration: The run time of the job. Defaults to unknown.
    ///   - error: The error that ended the wait. Defaults to none.
    ///   - requests: The number of requests. Defaults to zero.
    ///   - response: The response whose output can't be used. Defaults to none.
    public init(
        _ kind: Kind,
        artifacts: [Artifact] = [],
        duration: Duration? = nil,
        error: FetchError? = nil,
        requests: Int = 0,
        response: StoredResponse? = nil
    ) {
        self.kind = kind
        self.artifacts = artifacts
        self.duration = duration
        self.error = error
        self.requests = requests
        self.response = response
    }
}
