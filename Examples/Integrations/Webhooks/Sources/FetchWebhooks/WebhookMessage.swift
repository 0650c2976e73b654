#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A message whose sender is proven. Its contents aren't part of it, since they are never believed.
public struct WebhookMessage: Sendable, Hashable {
    /// The id by which a repeated message is recognised. `nil` if the scheme has none: a sender that can repeat such
    /// a message has the secret, and can send any other one.
    public var id: String?
    /// The signed date. `nil` if the scheme has none.
    public var date: Date?

    /// Creates a message.
    ///
    /// - Parameters:
    ///   - id: The id by which a repeated message is recognised. Defaults to none.
    ///   - date: The signed date. Defaults to none.
    public init(id: String? = nil, date: Date? = nil) {
        self.id = id
        self.date = date
    }
}
