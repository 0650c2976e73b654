/// Why a job ended without a result, as the provider said it.
public struct JobFailure: Sendable, Hashable {
    /// How a job can end without a result.
    public enum Reason: String, Sendable, Hashable {
        /// The provider tried and failed.
        case failed
        /// Someone cancelled the job.
        case cancelled
        /// The job or its result was there once and is gone.
        case expired
        /// The provider refused the input or withheld the output.
        case moderated
    }

    /// What kind of end it was.
    public var reason: Reason

    /// The provider's own words, if it gave any.
    public var message: String?

    /// The provider's own code, if it gave one.
    public var code: String?

    /// Creates a failure.
    public init(_ reason: Reason = .failed, message: String? = nil, code: String? = nil) {
        self.reason = reason
        self.message = message
        self.code = code
    }
}

extension JobFailure: CustomStringConvertible {
    /// The reason, the provider's words and its code, on one line.
    public var description: String {
        var text = reason.rawValue
        if let message { text += ": \(Excerpt(message, longest: 300))" }
        if let code { text += " (code \(Excerpt(code)))" }
        return text
    }
}
