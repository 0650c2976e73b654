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

    /// Creates a failure.
    ///
    /// - Parameters:
    ///   - reason: The way in which the job ended. Defaults to ``Reason/failed``.
    ///   - message: The provider's message. Defaults to none.
    ///   - code: The provider's error code. Defaults to none.
    public init(_ reason: Reason = .failed, message: String? = nil, code: String? = nil) {
        self.reason = reason
        self.message = message
        self.code = code
    }
}

extension JobFailure.Reason {
    /// Decodes a reason from its name. A reason that this version doesn't know decodes as ``failed``.
    public init(from decoder: any Decoder) throws {
        self = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .failed
    }
}

extension JobFailure: CustomStringConvertible {
    /// The reason, the provider's message and its error code, on one line.
    public var description: String {
        var text = reason.rawValue
        if let message { text += ": \(Excerpt(message, maxLength: 300))" }
        if let code { text += " (code \(Excerpt(code)))" }
        return text
    }
}
