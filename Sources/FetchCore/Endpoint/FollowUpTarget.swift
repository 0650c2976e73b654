#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The target of a ``FollowUp``.
///
/// A literal is a path below the endpoint's base URL: `"renderings/{id}/content"`.
public enum FollowUpTarget: Sendable, Hashable {
    /// A path below the endpoint's base URL. Its placeholders are filled from the job's id, and from values of the
    /// response: `.path("files?file_id={file}", ["file": body.fileID])`. All values are percent-encoded.
    case path(PathTemplate, [String: String] = [:])
    /// A URL from the response, including its query. A relative one refers to the URL of the response, as in
    /// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-5).
    case url(URL)
}

extension FollowUpTarget {
    /// Returns the target with a complete URL.
    func resolved(against base: URL?) -> Self {
        if case .url(let url) = self { .url(url.resolved(against: base)) } else { self }
    }
}

extension FollowUpTarget: ExpressibleByStringLiteral {
    /// Creates a path below the endpoint's base URL. The template is validated when the request is built.
    public init(stringLiteral text: String) {
        self = .path(PathTemplate(stringLiteral: text))
    }
}
