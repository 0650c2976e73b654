#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One piece of a job's output, in a form that needs no knowledge of the provider.
public struct Artifact: Sendable, Hashable {
    /// Where or what the piece is.
    public enum Content: Sendable, Hashable {
        /// It can be downloaded there, usually for a limited time.
        case url(URL)
        /// It came with the answer, as bytes.
        case data(Data)
        /// It came with the answer, as text.
        case text(String)
        /// It came with the answer, as JSON.
        case json(JSONValue)
    }

    /// Where or what the piece is.
    public var content: Content

    /// The media type, such as `video/mp4`, where the provider said it.
    public var mediaType: String?

    /// Creates an artifact.
    public init(_ content: Content, mediaType: String? = nil) {
        self.content = content
        self.mediaType = mediaType
    }

    /// The link, where the piece is one.
    public var url: URL? {
        if case .url(let url) = content { url } else { nil }
    }
}
