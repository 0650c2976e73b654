#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The scheme for senders that sign nothing and add nothing, such as ModelsLab and Luma: one segment of the webhook's
/// path is a secret.
///
/// ```swift
/// let scheme = try SecretPath(secret)  // https://films.example/webhooks/modelslab/<secret>
/// ```
///
/// The path may be in the log of a proxy, and the sender knows it. That is acceptable since a message only wakes a job.
public struct SecretPath: WebhookScheme {
    private let secrets: [SecretDigest]

    /// Creates the scheme.
    ///
    /// - Parameters:
    ///   - secret: The secret segment, at least 128 random bits: 22 characters of `A–Z`, `a–z`, `0–9`, `-` and `_`, or
    ///     32 hexadecimal digits. ``makeSecret()`` returns one.
    ///   - previousSecret: The secret until now, while it is replaced. Defaults to none.
    /// - Throws: ``WebhookError`` with the code ``WebhookError/Code/invalidConfiguration``.
    public init(_ secret: String, previousSecret: String? = nil) throws(WebhookError) {
        let secrets = [secret] + (previousSecret.map { [$0] } ?? [])
        for secret in secrets {
            if let problem = Self.problem(of: secret) {
                throw WebhookError(
                    .invalidConfiguration,
                    "the secret of the path \(problem)",
                    remedy: "Create one with SecretPath.makeSecret(), and keep it with the other secrets."
                )
            }
        }
        self.secrets = secrets.map { SecretDigest($0) }
    }

    /// Verifies a message.
    ///
    /// - Parameters:
    ///   - request: The message as it was received.
    ///   - date: The current date, which isn't used.
    /// - Returns: A message without id and date.
    /// - Throws: ``WebhookError``.
    public func verify(_ request: WebhookRequest, at date: Date) throws(WebhookError) -> WebhookMessage {
        guard request.path.utf8.count <= 2_048 else { throw WebhookError(.wrongSignature, "the path is too long") }
        let segments = request.path.split(separator: "/")
        let isSecret = segments.contains { segment in secrets.contains { $0.matches(segment) } }
        guard isSecret else { throw WebhookError(.wrongSignature, "no segment of the path is the secret") }
        return WebhookMessage()
    }

    /// Returns a new secret of 256 random bits, in 43 characters that need no encoding in a path.
    public static func makeSecret() -> String {
        // On all platforms, this is the system's cryptographically secure generator.
        var generator = SystemRandomNumberGenerator()
        let bytes = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        let digits = bytes.base64EncodedString().prefix { $0 != "=" }
        return String(digits.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }

    private static func problem(of secret: String) -> String? {
        let characters = secret.utf8
        let isAlphabet = characters.allSatisfy { character in
            switch character {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isAlphabet else { return "contains a character other than letters, digits, - and _" }
        let isHex = secret.allSatisfy(\.isHexDigit)
        guard characters.count >= (isHex ? 32 : 22) else { return "has fewer than 128 bits" }
        guard characters.count <= 256 else { return "has more than 256 characters" }
        guard Set(characters).count >= 8 else { return "isn't random" }
        return nil
    }
}
