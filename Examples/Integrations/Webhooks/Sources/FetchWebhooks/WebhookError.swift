/// The reason why a message or a configuration is refused. It contains no value of a header, no body and no secret.
public struct WebhookError: Error, Sendable, Hashable {
    /// The kind of an error, which can be the label of a metric.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// A secret, a key or another part of a configuration can't be used.
        case invalidConfiguration = "invalid_configuration"
        /// A header field that the scheme requires is missing.
        case missingHeader = "missing_header"
        /// A header field is too long, occurs twice or has the wrong form.
        case malformedHeader = "malformed_header"
        /// The signed date is too far in the past or in the future.
        case outsideTolerance = "outside_tolerance"
        /// No signature or secret of the message is a valid one.
        case wrongSignature = "wrong_signature"
        /// The sender's keys couldn't be fetched. The message may be genuine.
        case unavailableKeys = "unavailable_keys"
    }

    /// The kind of the error.
    public var code: Code
    /// The problem, as a sentence without a capital letter and a full stop.
    public var message: String
    /// The action that resolves the problem, as a complete sentence. `nil` if none is known.
    public var remedy: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of the error.
    ///   - message: The problem, without a capital letter and a full stop. It must contain no secret.
    ///   - remedy: The action that resolves the problem. Defaults to none.
    public init(_ code: Code, _ message: String, remedy: String? = nil) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// True if the same message may be accepted later.
    public var isRetryable: Bool { code == .unavailableKeys }
}

extension WebhookError: CustomStringConvertible {
    /// The code, the problem, whether a retry can help, and the remedy, on one line.
    public var description: String {
        let retry = isRetryable ? "a retry may succeed" : "a retry can't succeed"
        return "\(code.rawValue): \(message); \(retry)." + (remedy.map { " \($0)" } ?? "")
    }
}
