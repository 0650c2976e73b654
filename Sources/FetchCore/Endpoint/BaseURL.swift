#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An endpoint's base URL, checked: an origin and a path without a slash at its end.
struct BaseURL {
    let origin: Origin
    let path: String

    init(_ url: URL) throws(FetchError) {
        origin = try Origin(of: url)
        guard url.query(percentEncoded: true) == nil, url.fragment == nil else {
            throw .refusedURL(url, because: "a base URL has no query and no fragment")
        }
        path = String(url.path(percentEncoded: true).trimmingSuffix(of: "/"))
    }

    private init(origin: Origin, path: String) {
        self.origin = origin
        self.path = path
    }

    /// The same path at another origin.
    func moved(to origin: Origin) -> Self { Self(origin: origin, path: path) }

    /// The base as the beginning of a URL, without a slash at its end.
    private var text: String { "\(origin)\(path)" }

    /// What stands in front of an expanded path: the base, and a slash where the path doesn't begin with a query.
    func prefix(of path: PathTemplate) -> String {
        path.text.isEmpty || path.text.hasPrefix("?") ? text : text + "/"
    }
}

extension String {
    fileprivate func trimmingSuffix(of character: Character) -> Substring {
        var rest = self[...]
        while rest.last == character { rest.removeLast() }
        return rest
    }
}
