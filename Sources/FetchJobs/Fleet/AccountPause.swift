#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A pause of an account: no worker begins a request of it, nor leases its jobs.
public struct AccountPause: Sendable, Hashable, Codable {
    /// The account.
    public var account: ProviderAccount

    /// The date of the store's clock at which the pause ends. `nil` if only ``JobStore/resume(_:)`` ends it.
    public var end: Date?

    /// The reason, for people, as a sentence without a capital letter and a full stop. It contains no key.
    public var reason: String

    /// Creates a pause.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - end: The date at which it ends. `nil` if only a person ends it.
    ///   - reason: The reason. It must not contain a key.
    public init(_ account: ProviderAccount, until end: Date?, because reason: String) {
        self.account = account
        self.end = end
        self.reason = reason
    }

    /// Returns true if the pause isn't over at a date of the store's clock.
    public func isActive(at date: Date) -> Bool { end.map { $0 > date } ?? true }
}
