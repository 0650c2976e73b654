#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// URLs as bytes that are equal where the URLs lead to the same place: the origin in its usual spelling, path and query.
enum ComparableURL {
    /// Longer than any URL with an id in it, and short enough to be looked up at once.
    private static let longest = 8_192

    /// The bytes, or nil where the URL can't be that of a job.
    static func bytes(of url: URL) -> [UInt8]? {
        let text = Array(url.absoluteString.utf8)
        guard text.count <= longest, !text.contains(UInt8(ascii: "#")) else { return nil }
        return isUsual(text) ? text : rewritten(url)
    }

    /// Whether the text begins with a scheme, a host and a slash that can't be spelt otherwise. That is cheap to see, and
    /// true of almost every URL.
    private static func isUsual(_ text: [UInt8]) -> Bool {
        guard let scheme = schemes.first(where: text.starts) else { return false }
        let host = text[scheme.count...].prefix { $0 != UInt8(ascii: "/") }
        return !host.isEmpty && host.endIndex < text.endIndex
            && host.allSatisfy { $0 == UInt8(ascii: ".") || PercentEncoding.isHostByte($0) }
    }

    private static let schemes = ["https://", "http://"].map { Array($0.utf8) }

    private static func rewritten(_ url: URL) -> [UInt8]? {
        guard let origin = try? Origin(of: url), url.fragment == nil else { return nil }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        return Array((origin.description + url.path(percentEncoded: true) + query).utf8)
    }
}
