#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A response whose output can't be used, for the code that stores it until a corrected endpoint can read it.
package struct UnreadResponse: Sendable, Hashable {
    /// The longest kept body, in bytes.
    package static let maximumLength = 65_536

    /// The HTTP status.
    package var status: Int

    /// The value of `Content-Type`. `nil` if the response has none.
    package var contentType: String?

    /// The URL that was polled, without a key in its query. `nil` if unknown.
    package var url: URL?

    /// The date at which the response was received. `nil` if unknown.
    package var receivedAt: Date?

    /// The body, at most its first 64 KiB. Keys are redacted.
    package var body: Data

    /// True if the body was longer.
    package var isTruncated: Bool
}

/// The response that an error is about.
///
/// It is neither compared nor encoded nor part of a description or a mirror, so that an error stays as small and as
/// discreet as it is without it.
struct AttachedResponse: Sendable, Equatable {
    /// The response. `nil` if the error has none.
    let response: UnreadResponse?

    static func == (one: Self, other: Self) -> Bool { true }
}

extension AttachedResponse: CustomStringConvertible, CustomReflectable {
    var description: String { response.map { "\($0.body.count) bytes" } ?? "none" }

    var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
