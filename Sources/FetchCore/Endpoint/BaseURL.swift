#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An endpoint's base URL, checked: an origin and a path without a slash at its end.
struct BaseURL: Sendable {
    /// Where requests go.
    let origin: Origin

    /// The origin that the URL names, which another one may stand for.
    let namedOrigin: Origin

    /// Whether requests go where somebody has moved them.
    let isMoved: Bool

    private let text: String
    private let textWithSlash: String

    /// Checks a URL.
    ///
    /// - Parameter moved: The origin that stands for the URL's own; nil for none.
    init(_ url: URL, movedTo moved: Origin? = nil) throws(FetchError) {
        namedOrigin = try Origin(of: url)
        origin = moved ?? namedOrigin
        isMoved = moved != nil
        guard url.query(percentEncoded: true) == nil, url.fragment == nil else {
            throw .refusedURL(url, because: "a base URL has no query and no fragment")
        }
        let path = url.path(percentEncoded: true).trimmingSuffix(of: "/")
        // The slash behind the origin is ours, and not one that the path is trusted to begin with: where an origin ends, what
        // comes behind can't reach into it.
        text = path.isEmpty ? origin.description : "\(origin)/\(path.dropFirst())"
        textWithSlash = text + "/"
    }

    /// What stands in front of an expanded path: the base, and a slash where the path doesn't begin with a query.
    ///
    /// So whatever the path begins with, a URL that is made this way is of the base's origin.
    func prefix(of path: PathTemplate) -> String {
        let first = path.text.utf8.first
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
