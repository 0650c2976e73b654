#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// URLs in a normalized form, in which equivalent URLs have equal bytes: the normalized origin, the path and the query.
enum NormalizedURL {
    /// The maximum length in bytes. It exceeds that of any job's URL, and bounds the time of a lookup.
    private static let maximumLength = 8_192

    /// Returns the bytes of the normalized URL, or `nil` if the URL can't belong to a job.
    static func bytes(of url: URL) -> [UInt8]? {
        let text = Array(url.absoluteString.utf8)
        guard text.count <= maximumLength, !text.contains(UInt8(ascii: "#")) else { return nil }
        return isNormalized(text) ? text : normalized(url)
    }

    /// Returns true if the text begins with a scheme, a lowercase host without a port, and a slash.
    ///
    /// This check is fast, and almost every URL passes it.
    private static func isNormalized(_ text: [UInt8]) -> Bool {
        guard let scheme = schemes.first(where: text.starts) else { return false }
        let host = text[scheme.count...].prefix { $0 != UInt8(ascii: "/") }
        return !host.isEmpty && host.endIndex < text.endIndex
            && host.allSatisfy { $0 == UInt8(ascii: ".") || WebAddress.isLabelByte($0) }
    }

    private static let schemes = ["https://", "http://"].map { Array($0.utf8) }

    private static func normalized(_ url: URL) -> [UInt8]? {
        guard let origin = try? Origin(of: url), url.fragment == nil else { return nil }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        return Array((origin.description + url.path(percentEncoded: true) + query).utf8)
    }
}
