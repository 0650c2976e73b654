/// A sender of messages: how it proves them, and how the job of a message is found.
public struct WebhookSource: Sendable {
    /// The name for logs, such as `replicate`.
    public let name: String
    /// The scheme that proves messages.
    public let scheme: any WebhookScheme
    /// The rule that finds the job of a message.
    public let locator: JobLocator

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - name: The name for logs, such as `replicate`. Sources with different secrets have different names.
    ///   - scheme: The scheme that proves messages.
    ///   - locator: The rule that finds the job of a message.
    public init(_ name: String, scheme: any WebhookScheme, locator: JobLocator) {
        self.name = name
        self.scheme = scheme
        self.locator = locator
    }
}
