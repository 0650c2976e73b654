#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A way in which a sender proves that a message is its own.
///
/// A scheme verifies the bytes as they were received, before anything parses them. It compares secrets and signatures
/// in constant time, reads header fields with ``WebhookRequest/header(_:)``, and refuses a signed date outside its
/// tolerance. A scheme without a usable secret can't be created.
///
/// ```swift
/// struct Unsigned: WebhookScheme {
///     func verify(_ request: WebhookRequest, at date: Date) throws(WebhookError) -> WebhookMessage {
///         throw WebhookError(.wrongSignature, "this endpoint accepts no messages")
///     }
/// }
/// ```
public protocol WebhookScheme: Sendable {
    /// Verifies a message.
    ///
    /// - Parameters:
    ///   - request: The message as it was received.
    ///   - date: The current date.
    /// - Returns: The id and the date of the message, as far as the scheme has them.
    /// - Throws: ``WebhookError``; `CancellationError` if the task is cancelled while keys are fetched.
    func verify(_ request: WebhookRequest, at date: Date) async throws -> WebhookMessage
}
