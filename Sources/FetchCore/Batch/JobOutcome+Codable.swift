#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

// The encoded form is an object with a version, such as `{"version": 1, "job": "example.video:42", "state":
// "succeeded", "output": {"outputArtifacts": […]}, …}`. Members without a value are left out, and unknown members are
// ignored.
extension JobOutcome: Codable {
    private static let version = 1

    private enum CodingKeys: String, CodingKey {
        case version, job, account, state, output, error, requests, elapsed, date, context
    }

    /// The state of the job, for queries of a database.
    private enum State: String, Codable {
        case succeeded, failed, unknown
    }

    /// Decodes a stored outcome. Its output is a ``StoredOutput``, whatever it was before.
    ///
    /// - Parameter decoder: A decoder at the position of the outcome.
    /// - Throws: `DecodingError` if a later version has stored it, or if a member is missing or malformed. An error
    ///   code that this version doesn't know is kept.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try StoredVersion.check(in: container, forKey: .version, atMost: Self.version, of: "a job outcome")
        let result: JobResult =
            switch try container.decode(State.self, forKey: .state) {
            case .succeeded: .succeeded(try container.decode(StoredOutput.self, forKey: .output))
            case .failed: .failed(try container.decode(FetchError.self, forKey: .error))
            case .unknown: .unknown(try container.decode(FetchError.self, forKey: .error))
            }
        self.init(
            try container.decode(JobReference.self, forKey: .job),
            account: try container.decodeIfPresent(AccountID.self, forKey: .account),
            result,
            requests: try container.decode(Int.self, forKey: .requests),
            elapsed: try container.decode(Duration.self, forKey: .elapsed),
            date: try container.decode(Date.self, forKey: .date),
            context: try container.decodeIfPresent(JSONValue.self, forKey: .context)
        )
    }

    /// Encodes the outcome. Of an output, the part is encoded that a ``StoredOutput`` has: bytes and strings that were
    /// part of the response included, which can be large.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(job, forKey: .job)
        try container.encodeIfPresent(account, forKey: .account)
        switch result {
        case .succeeded(let output):
            try container.encode(State.succeeded, forKey: .state)
            try container.encode(StoredOutput(output), forKey: .output)
        case .failed(let error):
            try container.encode(State.failed, forKey: .state)
            try container.encode(error, forKey: .error)
        case .unknown(let error):
            try container.encode(State.unknown, forKey: .state)
            try container.encode(error, forKey: .error)
        }
        try container.encode(requests, forKey: .requests)
        try container.encode(elapsed, forKey: .elapsed)
        try container.encode(date, forKey: .date)
        try container.encodeIfPresent(context, forKey: .context)
    }
}
