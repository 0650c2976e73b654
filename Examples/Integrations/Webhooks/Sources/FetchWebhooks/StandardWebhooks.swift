#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import Crypto

/// The scheme of [Standard Webhooks](https://www.standardwebhooks.com), which Replicate, OpenAI and others use.
///
/// ```swift
/// let scheme = try StandardWebhooks(secrets: [newSecret, oldSecret])
/// ```
///
/// A message has the header fields `webhook-id`, `webhook-timestamp` and `webhook-signature`. The last one contains up
/// to ``maximumSignatures`` signatures separated by spaces: `v1` is an HMAC-SHA256 over id, timestamp and body, joined
/// by full stops, and `v1a` an Ed25519 signature of the same bytes. One valid signature is enough.
public struct StandardWebhooks: WebhookScheme {
    /// The greatest number of signatures in a message. A message with more is refused.
    public static let maximumSignatures = 16

    private let secrets: [SecretKey]
    private let publicKeys: [SigningKey]
    private let tolerance: Duration
    private let names: (id: String, time: String, signature: String)

    /// Creates the scheme.
    ///
    /// - Parameters:
    ///   - secrets: The secrets as the sender shows them: `whsec_` and the base64 of 24 to 64 bytes. While a secret is
    ///     replaced, pass both.
    ///   - publicKeys: The sender's public keys: `whpk_` and the base64 of 32 bytes. Defaults to none.
    ///   - tolerance: The greatest distance of a message's date from now, in both directions. Defaults to 300 seconds.
    ///   - headerPrefix: The first word of the header fields. Defaults to `webhook`; some senders use `svix`.
    /// - Throws: ``WebhookError`` with the code ``WebhookError/Code/invalidConfiguration`` if there is neither a secret
    ///   nor a public key, or if one of them is malformed.
    public init(
        secrets: [String],
        publicKeys: [String] = [],
        tolerance: Duration = .seconds(300),
        headerPrefix: String = "webhook"
    ) throws(WebhookError) {
        guard !secrets.isEmpty || !publicKeys.isEmpty else {
            throw WebhookError(
                .invalidConfiguration,
                "there is no secret and no public key",
                remedy: "Pass the secret that the sender shows, such as whsec_ and base64."
            )
        }
        self.secrets = try secrets.map { secret throws(WebhookError) in try Self.secretKey(secret) }
        self.publicKeys = try publicKeys.map { key throws(WebhookError) in try Self.publicKey(key) }
        self.tolerance = tolerance
        names = ("\(headerPrefix)-id", "\(headerPrefix)-timestamp", "\(headerPrefix)-signature")
    }

    /// Verifies a message.
    ///
    /// - Parameters:
    ///   - request: The message as it was received.
    ///   - date: The current date.
    /// - Returns: The id and the date of the message.
    /// - Throws: ``WebhookError``.
    public func verify(_ request: WebhookRequest, at date: Date) throws(WebhookError) -> WebhookMessage {
        let id = try request.header(names.id)
        // With a full stop in the id, two messages could have the same signed bytes.
        guard id.utf8.count <= 256, id.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ".") }) else {
            throw WebhookError(.malformedHeader, "the id in \(names.id) is too long or has an invalid character")
        }
        let time = try MessageTime(
            try request.header(names.time),
            from: names.time,
            within: tolerance,
            of: date
        )
        let signatures = try request.header(names.signature).split(separator: " ")
        guard signatures.count <= Self.maximumSignatures else {
            throw WebhookError(.malformedHeader, "\(names.signature) contains \(signatures.count) signatures")
        }
        let content = Data("\(id).\(time.digits).".utf8) + request.body
        guard isSigned(content, by: signatures) else {
            throw WebhookError(
                .wrongSignature,
                "none of the \(signatures.count) signatures is valid",
                remedy: "If the sender's messages are genuine, check the secret."
            )
        }
        return WebhookMessage(id: id, date: time.date)
    }

    private func isSigned(_ content: Data, by signatures: [Substring]) -> Bool {
        // Each code is computed once, however many signatures a message contains.
        var codes: [HMAC<SHA256>.MAC]?
        for signature in signatures {
            let parts = signature.split(separator: ",", maxSplits: 1)
            guard parts.count == 2, let bytes = ByteEncoding.base64.bytes(of: parts[1]) else { continue }
            switch parts[0] {
            case "v1":
                let expected = codes ?? secrets.map { $0.code(for: [content]) }
                codes = expected
                if expected.contains(where: { $0 == bytes }) { return true }
            case "v1a":
                if publicKeys.contains(where: { $0.isValid(bytes, for: content) }) { return true }
            default: continue
            }
        }
        return false
    }

    private static func secretKey(_ text: String) throws(WebhookError) -> SecretKey {
        guard text.hasPrefix("whsec_"), let bytes = ByteEncoding.base64.bytes(of: text.dropFirst(6)) else {
            throw WebhookError(
                .invalidConfiguration,
                "a secret isn't whsec_ followed by base64",
                remedy: "Pass the secret as the sender shows it."
            )
        }
        guard (24...64).contains(bytes.count) else {
            throw WebhookError(
                .invalidConfiguration,
                "a secret has \(bytes.count) bytes instead of 24 to 64",
                remedy: "Pass the whole secret as the sender shows it."
            )
        }
        return SecretKey(bytes)
    }

    private static func publicKey(_ text: String) throws(WebhookError) -> SigningKey {
        guard text.hasPrefix("whpk_"), let bytes = ByteEncoding.base64.bytes(of: text.dropFirst(5)),
            let key = SigningKey(bytes)
        else {
            throw WebhookError(
                .invalidConfiguration,
                "a public key isn't whpk_ followed by the base64 of 32 bytes",
                remedy: "Pass the public key as the sender shows it."
            )
        }
        return key
    }
}
