/// A job that a worker gives back without an end.
public struct ReturnedJob: Sendable, Hashable {
    /// The number of the job.
    public var id: StoredJobID

    /// The time for which no worker may lease the job, at least zero.
    public var delay: Duration

    /// The time since the last request for the job. `nil` if this worker has sent none.
    public var sinceLastRequest: Duration?

    /// The reason for which no worker may lease the job until a person says otherwise, with ``JobStore/retry(_:)``.
    /// `nil` if one may.
    public var parkedReason: String?

    /// Creates a job to give back.
    ///
    /// - Parameters:
    ///   - id: The number of the job.
    ///   - delay: The time for which no worker may lease it. Defaults to zero.
    ///   - sinceLastRequest: The time since the last request for it. Defaults to none.
    ///   - parkedReason: The reason for which no worker may lease it. Defaults to none. It must not contain a key.
    public init(
        _ id: StoredJobID,
        delay: Duration = .zero,
        sinceLastRequest: Duration? = nil,
        parkedReason: String? = nil
    ) {
        self.id = id
        self.delay = delay
        self.sinceLastRequest = sinceLastRequest
        self.parkedReason = parkedReason
    }
}
