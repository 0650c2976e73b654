package import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A strong validator: two responses that have the same one have the same bytes
/// ([RFC 9110, section 8.8](https://www.rfc-editor.org/rfc/rfc9110#section-8.8)).
package enum Validator: Sendable, Hashable {
    /// A strong entity tag with its quotation marks.
    case entityTag(String)
    /// The value of a `Last-Modified` header.
    case lastModified(String)

    /// Finds the strong validator of a response.
    ///
    /// A date is one only without an entity tag, and if the server's own date is at least a second later: a file may
    /// change twice within a second.
    ///
    /// - Returns: `nil` if there is none. A weak entity tag isn't one.
    package init?(_ headers: HeaderFields) {
        if let tag = headers["ETag"]?.trimmingSpace {
            guard Self.isStrong(tag) else { return nil }
            self = .entityTag(tag)
            return
        }
        guard let modified = headers["Last-Modified"]?.trimmingSpace,
            let modifiedDate = HTTPDate.date(from: modified),
            let date = headers["Date"].flatMap(HTTPDate.date),
            date.timeIntervalSince(modifiedDate) >= 1
        else { return nil }
        self.init(storedDate: modified)
    }

    /// Reads a stored entity tag; `nil` if it isn't a strong one.
    init?(storedTag tag: String) {
        guard Self.isStrong(tag) else { return nil }
        self = .entityTag(tag)
    }

    /// Reads a stored date; `nil` if it isn't one.
    init?(storedDate date: String) {
        guard HTTPDate.date(from: date) != nil, HeaderSyntax.isPrintable(date) else { return nil }
        self = .lastModified(date)
    }

    /// The value of the `If-Range` header.
    package var ifRange: String {
        switch self {
        case .entityTag(let tag): tag
        case .lastModified(let date): date
        }
    }

    /// Returns false if a response shows that it has another version of the file. A response without a validator shows
    /// nothing.
    package func permits(_ headers: HeaderFields) -> Bool {
        switch self {
        case .entityTag(let tag): headers["ETag"].map { $0.trimmingSpace == tag } ?? true
        case .lastModified(let date): headers["Last-Modified"].map { $0.trimmingSpace == date } ?? true
        }
    }

    /// Returns true for a quoted string of visible characters of ASCII. Others are allowed, but not safely sent.
    private static func isStrong(_ tag: String) -> Bool {
        let bytes = tag.utf8
        guard bytes.count >= 2, bytes.count <= 1_024, bytes.first == UInt8(ascii: "\""), bytes.last == bytes.first
        else {
            return false
        }
        return bytes.dropFirst().dropLast().allSatisfy { ASCII.isVisible($0) && $0 != UInt8(ascii: "\"") }
    }
}
