#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The validated base URL of an endpoint: an origin, and a path without a trailing slash.
struct BaseURL: Sendable {
    /// The origin to which requests are sent.
    let origin: Origin

    /// The origin of the URL that the endpoint declares. It differs from ``origin`` if the client overrides that.
    let declaredOrigin: Origin

    /// True if the client overrides the origin, for example with a proxy.
    let isOverridden: Bool

    private let text: String
    private let textWithSlash: String

    /// Validates a URL.
    ///
    /// - Parameters:
    ///   - url: The base URL that the endpoint declares.
    ///   - override: The origin that replaces the URL's own. Defaults to `nil`, which keeps it.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/refusedURL`` if the URL has no valid origin, or has a
    ///   query or fragment.
    init(_ url: URL, overridingOriginWith override: Origin? = nil) throws(FetchError) {
        declaredOrigin = try Origin(of: url)
        origin = override ?? declaredOrigin
        isOverridden = override != nil
        guard url.query(percentEncoded: true) == nil, url.fragment == nil else {
            throw .refusedURL(url, because: "a base URL must not have a query or fragment")
        }
        let path = url.path(percentEncoded: true).trimmingSuffix(of: "/")
        // The slash after the origin is always written here. A path that doesn't begin with a slash can't extend the
        // host then.
        text = path.isEmpty ? origin.description : "\(origin)/\(path.dropFirst())"
        textWithSlash = text + "/"
    }

    /// Returns a URL with the declared origin, if its origin is the one that the client overrides that with.
    func declaring(_ url: URL) throws(FetchError) -> URL {
        guard isOverridden, try Origin(of: url) == origin else { return url }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        return URL(string: "\(declaredOrigin)\(url.path(percentEncoded: true))\(query)") ?? url
    }

    /// Returns the string that precedes an expanded path: the base, and a slash unless the path begins with a query.
    ///
    /// Because of the slash, the resulting URL has the origin of the base, whatever the path begins with.
    func prefix(of path: PathTemplate) -> String {
        let first = path.rawValue.utf8.first
        return first == nil || first == UInt8(ascii: "?") ? text : textWithSlash
    }
}

extension String {
    fileprivate func trimmingSuffix(of character: Character) -> Substring {
        var rest = self[...]
        while rest.last == character { rest.removeLast() }
        return rest
    }
}
