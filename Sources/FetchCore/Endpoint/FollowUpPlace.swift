#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Where a ``FollowUp`` goes.
///
/// A literal is a path below the endpoint's base URL: `"renderings/{id}/content"`.
public enum FollowUpPlace: Sendable, Hashable {
    /// Below the endpoint's base URL, with the parts of the job's id in their places, and besides them values that the
    /// answer gave: `.path("files?file_id={file}", ["file": body.fileID])`. Both are percent-encoded.
    case path(PathTemplate, [String: String] = [:])
    /// Where the answer said, query included.
    case url(URL)
}

extension FollowUpPlace: ExpressibleByStringLiteral {
    /// Creates a path below the endpoint's base URL.
    public init(stringLiteral text: String) {
        self = .path(PathTemplate(stringLiteral: text))
    }
}
