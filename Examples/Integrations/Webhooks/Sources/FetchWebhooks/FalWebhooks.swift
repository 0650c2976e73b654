#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import Crypto
public import FetchCore

/// The scheme of [fal](https://fal.ai/docs/model-endpoints/webhooks): an Ed25519 signature with a key from fal's key
/// set.
///
/// ```swift
/// let scheme = try FalWebhooks(transport: .curl)
/// ```
///
/// The signed bytes are the request id, the user id, the timestamp and the SHA-256 of the body in hexadecimal digits,
/// joined by newlines. The keys are fetched with the first message and used for at most a day. A message that isn't
/// signed with one of them causes a new request, at most once a minute. While there are no keys, a message is refused
/// with ``WebhookError/Code/unavailableKeys``, which a receiver reports as HTTP 503, and fal sends it again.
public struct FalWebhooks: WebhookScheme {
    /// The URL of fal's key set.
    public static let keySetURL = URL(string: "https://rest.fal.ai/.well-known/jwks.json")!

    private let cache: KeySetCache
    private let users: Set<String>?
    private let tolerance: Duration

    /// Creates the scheme.
    ///
    /// - Parameters:
    ///   - keySetURL: The URL of the key set. Defaults to ``keySetURL``.
    ///   - transport: The transport that fetches it. It needs no key.
    ///   - users: The ids of the accounts whose messages are accepted. Defaults to all: fal signs the messages of all
    ///     its customers with the same keys, so another customer can send a message that wakes a job.
    ///   - tolerance: The greatest distance of a message's date from now, in both directions. Defaults to 300 seconds.
    /// - Throws: ``WebhookError`` with the code ``WebhookError/Code/invalidConfiguration`` if the URL isn't https, or
    ///   if `users` is empty.
    public init(
        keySetURL: URL = Self.keySetURL,
        transport: any FetchTransport,
        users: Set<String>? = nil,
        tolerance: Duration = .seconds(300)
    ) throws(WebhookError) {
        guard keySetURL.scheme?.lowercased() == "https", keySetURL.host() != nil else {
            throw WebhookError(
                .invalidConfiguration,
                "the URL of the key set isn't https",
                remedy: "Keys that come over plain http can be replaced on the way."
            )
        }
        if let users, users.isEmpty {
            throw WebhookError(.invalidConfiguration, "no account is accepted", remedy: "Pass the id of yours, or nil.")
        }
        cache = KeySetCache(keySetURL, transport)
        self.users = users
        self.tolerance = tolerance
    }

    /// Verifies a message.
    ///
    /// - Parameters:
    ///   - request: The message as it was received.
    ///   - date: The current date.
    /// - Returns: The request id as the message's id, and its date.
    /// - Throws: ``WebhookError``.
    public func verify(_ request: WebhookRequest, at date: Date) async throws -> WebhookMessage {
        let id = try Self.line("X-Fal-Webhook-Request-Id", of: request)
        let user = try Self.line("X-Fal-Webhook-User-Id", of: request)
        let timeName = "X-Fal-Webhook-Timestamp"
        let time = try MessageTime(try request.header(timeName), from: timeName, within: tolerance, of: date)
        let signatureName = "X-Fal-Webhook-Signature"
        guard let signature = ByteEncoding.hex.bytes(of: try request.header(signatureName)), signature.count == 64
        else {
            throw WebhookError(.malformedHeader, "\(signatureName) isn't 64 bytes in hexadecimal digits")
        }
        let digest = SHA256.hash(data: request.body).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }
        let content = Data([id, user, time.digits, digest.joined()].joined(separator: "\n").utf8)
        let known = await cache.keys(at: date)
        if !known.contains(where: { $0.isValid(signature, for: content) }) {
            let new = Set(try await cache.newKeys(than: known, at: date)).subtracting(known)
            guard new.contains(where: { $0.isValid(signature, for: content) }) else {
                throw WebhookError(.wrongSignature, "the signature is by none of the sender's keys")
            }
        }
        // After the signature, so that the ids of accounts can't be tried.
        if let users, !users.contains(user) {
            throw WebhookError(
                .wrongSignature,
                "the message is of another account of the sender",
                remedy: "Pass the ids of all your accounts."
            )
        }
        return WebhookMessage(id: id, date: time.date)
    }

    private static func line(_ name: String, of request: WebhookRequest) throws(WebhookError) -> String {
        let value = try request.header(name)
        // A newline would move the border between two parts of the signed bytes.
        guard value.utf8.count <= 256, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw WebhookError(.malformedHeader, "\(name) is too long or has an invalid character")
        }
        return value
    }
}
