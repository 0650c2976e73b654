#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The rule that the key is sent only to the endpoint's own origin and domains.
extension RequestForm {
    /// Returns the target for a URL from a response, which is the endpoint's own if the key may be sent to it.
    ///
    /// If the client overrides the endpoint's origin, the URL's origin is replaced too.
    func target(_ url: URL) throws(FetchError) -> RequestTarget {
        let origin = try Origin(of: url)
        let base = try base()
        if origin == base.origin { return RequestTarget(url: url, origin: origin, isOwn: true) }
        guard origin == base.declaredOrigin || origin.isWithin(endpoint.domains) else {
            return RequestTarget(url: url, origin: origin, isOwn: false)
        }
        guard base.isOverridden else { return RequestTarget(url: url, origin: origin, isOwn: true) }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        let overridden = try Self.url("\(base.origin)\(url.path(percentEncoded: true))\(query)")
        return RequestTarget(url: overridden, origin: try Origin(of: overridden), isOwn: true)
    }

    /// Returns the error for a URL to which the key isn't sent.
    func foreignURLError(_ url: URL) throws(FetchError) -> FetchError {
        let targets = [try base().origin.description] + endpoint.domains
        return .refusedURL(
            url,
            because: "the key of \(endpoint.provider) is sent to \(targets.joined(separator: ", ")) only"
        )
    }
}
