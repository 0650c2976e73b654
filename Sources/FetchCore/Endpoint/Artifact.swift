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

    /// The media type, such as `video/mp4`, where it is known.
    public var mediaType: String?

    /// Creates an artifact.
    public init(_ content: Content, mediaType: String? = nil) {
        self.content = content
        self.mediaType = mediaType
    }
}

extension Artifact {
    /// Creates an artifact of a link.
    ///
    /// - Parameters:
    ///   - url: Where the piece can be downloaded.
    ///   - mediaType: The media type, where the provider said it. Otherwise the extension of the file's name tells it, or
    ///     nothing does.
    public init(link url: URL, mediaType: String? = nil) {
        self.init(.url(url), mediaType: mediaType ?? MediaType.named(byExtension: url.pathExtension))
    }

    /// Creates an artifact of a response whose body is the piece itself, with the media type of its `Content-Type`.
    ///
    /// - Throws: What ``FetchResponse/requireSuccess()`` throws, so that no error page is taken for a file; ``FetchError`` with
    ///   the code ``FetchError/Code/malformedResponse`` where the body is empty.
    public init(_ response: FetchResponse) throws(FetchError) {
        try response.requireSuccess()
        if response.body.isEmpty { throw response.malformedResponseError("the file is empty") }
        let type = response.headers["Content-Type"]?.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        self.init(.data(response.body), mediaType: type?.isEmpty == false ? type?.lowercased() : nil)
    }

    /// Creates an artifact of a text that may be more: an http(s) URL is a link, a `data:` URL its bytes.
    public init(reading text: String) {
        if let (data, mediaType) = MediaType.dataURL(text) {
            self.init(.data(data), mediaType: mediaType)
        } else if let url = URL(string: text), url.absoluteString == text, (try? Origin(of: url)) != nil {
            // A sentence that begins with a link would become a URL too, its spaces encoded.
            self.init(link: url)
        } else {
            self.init(.text(text))
        }
    }
}

extension Artifact {
    /// The link, where the piece is one.
    public var url: URL? {
        if case .url(let url) = content { url } else { nil }
    }

    /// The bytes, where the piece came as bytes.
    public var data: Data? {
        if case .data(let data) = content { data } else { nil }
    }

    /// The text, where the piece came as text.
    public var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    /// The value, where the piece came as JSON.
    public var json: JSONValue? {
        if case .json(let value) = content { value } else { nil }
    }
}
