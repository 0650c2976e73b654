#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchResponse {
    /// Returns a link of the response as a URL. A relative link is resolved against ``url`` as in
    /// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-5).
    ///
    /// ```swift
    /// return .followUp(FollowUp(.url(try response.url(of: body.resultURL))) { .succeeded(try Artifact($0)) })
    /// ```
    ///
    /// - Parameter link: A string of the response.
    /// - Returns: The URL. It is relative only if the link is and ``url`` is `nil`. Whether it is safe to request is
    ///   checked when it is.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if the string isn't a URL.
    public func url(of link: String) throws(FetchError) -> URL {
        guard let link = URL(string: link) else {
            throw malformedResponseError("\(Excerpt(link)) is not a URL")
        }
        return link.resolved(against: url)
    }

    /// The target of the `Location` header, which a relative one is resolved for, such as that of a 303.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if there is none, or if it isn't a
    ///   URL.
    public var location: URL {
        get throws(FetchError) {
            guard let link = headers["Location"] else { throw malformedResponseError("the response has no Location") }
            return try url(of: link)
        }
    }
}

extension URL {
    /// Returns the absolute form of a URL that may be relative to another one.
    func resolved(against base: URL?) -> URL {
        let url = absoluteURL
        guard url.scheme == nil, let base else { return url }
        return URL(string: url.relativeString, relativeTo: base)?.absoluteURL ?? url
    }
}
