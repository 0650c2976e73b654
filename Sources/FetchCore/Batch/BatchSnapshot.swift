/// The jobs that a batch still waits for, for another process to go on with.
///
/// ```swift
/// let waiting = batch.drain()
/// try await table.save(waiting)
/// ```
///
/// The next process creates its batch with ``FetchClient/batch(resuming:policy:)``, and polls each job when the first
/// one would have polled it. A snapshot is `Codable` and contains no key, but the contexts of the jobs.
public struct BatchSnapshot: Sendable, Hashable {
    /// The jobs, in the order in which they were added.
    public var jobs: [WaitingJob]

    /// Creates a snapshot of jobs.
    public init(_ jobs: [WaitingJob] = []) { self.jobs = jobs }
}

extension BatchSnapshot: Codable {
    private static let version = 1

    private enum CodingKeys: String, CodingKey {
        case version, jobs
    }

    /// Decodes a stored snapshot.
    ///
    /// A job whose endpoint isn't registered any more is no problem here: the batch has an outcome with
    /// ``FetchError/Code/unknownEndpoint`` for it.
    ///
    /// - Parameter decoder: A decoder at the position of the snapshot.
    /// - Throws: `DecodingError` if a later version has stored it, or if it is truncated or malformed. Poll the jobs by
    ///   their references then; only their schedules are lost.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try StoredVersion.check(in: container, forKey: .version, atMost: Self.version, of: "a batch snapshot")
        jobs = try container.decode([WaitingJob].self, forKey: .jobs)
    }

    /// Encodes the snapshot, in JSON about 200 bytes for each job.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(jobs, forKey: .jobs)
    }
}
