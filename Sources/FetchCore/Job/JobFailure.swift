/// The reason why a job ended without a result, as the provider reports it.
public struct JobFailure: Sendable, Hashable, Codable {
    /// The ways in which a job can end without a result.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// The provider ran the job, and it failed.
        case failed
        /// The job was cancelled.
        case cancelled
        /// The provider has deleted the job or its result.
        case expired
        /// The provider's content moderation refused the input or withheld the output.
        case moderated
    }

    /// The way in which the job ended.
    public var reason: Reason

    /// The provider's message. `nil` if the response contains none.
    public var message: String?

    /// The provider's error code. `nil` if the response contains none.
    public var code: String?

    /// The items that the job has produced nevertheless, such as the file of a batch that has expired. Defaults to
    /// none.
    public var artifacts: [Artifact]

    /// Creates a failure.
    ///
    /// - Parameters:
    ///   - reason: The way in which the job ended. Defaults to ``Reason/failed``.
    ///   - message: The provider's message. Defaults to none.
    ///   - code: The provider's error code. Defaults to none.
    ///   - artifacts: What the job has produced nevertheless. Defaults to none.
    public init(
        _ reason: Reason = .failed,
        message: String? = nil,
        code: String? = nil,
        artifacts: [Artifact] = []
    ) {
        self.reason = reason
        self.message = message
        self.code = code
        self.artifacts = artifacts
    }
}

extension JobFailure {
    private enum CodingKeys: String, CodingKey {
        case reason, message, code, artifacts
    }

    /// Decodes a failure. Unknown members are ignored.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(Reason.self, forKey: .reason),
            message: try container.decodeIfPresent(String.self, forKey: .message),
            code: try container.decodeIfPresent(String.self, forKey: .code),
            artifacts: try container.decodeIfPresent([Artifact].self, forKey: .artifacts) ?? []
        )
    }

    /// Encodes the failure. Members without a value are left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(reason, forKey: .reason)
        try container.encodeIfPresent(message, forKey: .message)
        try container.encodeIfPresent(code, forKey: .code)
        if !artifacts.isEmpty { try container.encode(artifacts, forKey: .artifacts) }
    }
}

extension JobFailure.Reason {
    /// Decodes a reason from its name. A reason that this version doesn't know decodes as ``failed``.
    public init(from decoder: any Decoder) throws {
        self = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .failed
    }
}

extension JobFailure: CustomStringConvertible {
    /// The reason, the provider's message, its error code and the number of artifacts, on one line.
    public var description: String {
        var text = reason.rawValue
        if let message { text += ": \(Excerpt(message, maxLength: 300))" }
        if let code { text += " (code \(Excerpt(code)))" }
        if !artifacts.isEmpty {
            text += ", with \(artifacts.count == 1 ? "1 artifact" : "\(artifacts.count) artifacts")"
        }
        return text
    }
}
