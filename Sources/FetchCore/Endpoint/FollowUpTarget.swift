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
    /// A complete URL from the response, including its query.
    case url(URL)
}

extension FollowUpTarget: ExpressibleByStringLiteral {
    /// Creates a path below the endpoint's base URL. The template is validated when the request is built.
    public init(stringLiteral text: String) {
        self = .path(PathTemplate(stringLiteral: text))
    }
}
