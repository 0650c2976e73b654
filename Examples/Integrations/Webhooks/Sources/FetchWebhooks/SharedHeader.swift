#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The scheme of senders that add a header field of the receiver's choice, such as AssemblyAI, or Leonardo with
/// `Authorization`.
///
/// Such a message isn't signed and has no date: the header field is a password. Use it only over HTTPS.
public struct SharedHeader: WebhookScheme {
    private let name: String
    private let values: [SecretDigest]

    /// Creates the scheme.
    ///
    /// - Parameters:
    ///   - name: The name of the header field.
    ///   - value: Its whole value, a prefix such as `Bearer` included. It has at least 22 bytes of visible ASCII.
    ///   - previousValue: The value until now, while it is replaced. Defaults to none.
    /// - Throws: ``WebhookError`` with the code ``WebhookError/Code/invalidConfiguration``.
    public init(name: String, value: String, previousValue: String? = nil) throws(WebhookError) {
        guard !name.isEmpty else {
            throw WebhookError(.invalidConfiguration, "the header field has no name", remedy: "Pass its name.")
        }
        let values = [value] + (previousValue.map { [$0] } ?? [])
        for value in values {
            guard value.utf8.count >= 22, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
                value.utf8.count <= WebhookRequest.maximumHeaderLength
            else {
                throw WebhookError(
                    .invalidConfiguration,
                    "the value of the header field \(name) is too short, too long or not visible ASCII",
                    remedy: "Pass a random value, such as SecretPath.makeSecret() returns it."
                )
            }
        }
        self.name = name
        self.values = values.map { SecretDigest($0) }
    }

    /// Verifies a message.
    ///
    /// - Parameters:
    ///   - request: The message as it was received.
    ///   - date: The current date, which isn't used.
    /// - Returns: A message without id and date.
    /// - Throws: ``WebhookError``.
    public func verify(_ request: WebhookRequest, at date: Date) throws(WebhookError) -> WebhookMessage {
        let value = try request.header(name)
        guard values.contains(where: { $0.matches(value) }) else {
            throw WebhookError(.wrongSignature, "the value of the header field \(name.lowercased()) is wrong")
        }
        return WebhookMessage()
    }
}
