/// The end of a leased job, for its worker to record.
public struct EndedJob: Sendable, Equatable {
    /// The number of the job.
    public var id: StoredJobID

    /// The end of the job.
    public var end: JobEnd

    /// Creates the end of a leased job. An end that is too large is bounded.
    ///
    /// - Parameters:
    ///   - id: The number of the job.
    ///   - end: The end of the job.
    public init(_ id: StoredJobID, _ end: JobEnd) {
        self.id = id
        self.end = end.bounded
    }

    /// Creates the end of a leased job from one that is bounded.
    init(_ id: StoredJobID, bounded end: JobEnd) {
        self.id = id
        self.end = end
    }
}
