#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A single item of a job's output, in a form that is independent of the provider.
public struct Artifact: Sendable, Hashable {
    /// The forms that an item can have.
    public enum Content: Sendable, Hashable {
        /// The URL of a file to download. Most providers delete the file after some time.
        case url(URL)
        /// Bytes that were part of the response.
        case data(Data)
        /// Text that was part of the response.
        case text(String)
        /// JSON that was part of the response.
        case json(JSONValue)
    }

    /// The item itself, or the URL at which it can be downloaded.
    public var content: Content

    /// The media type, such as `video/mp4`. `nil` if unknown.
    public var mediaType: String?

    /// Creates an artifact from its content.
    ///
    /// - Parameters:
    ///   - content: The item itself, or its URL.
    ///   - mediaType: The media type. Defaults to `nil`, which means unknown.
    public init(_ content: Content, mediaType: String? = nil) {
        self.content = content
        self.mediaType = mediaType
    }
}

extension Artifact {
    /// Creates an artifact from a download URL.
    ///
    /// - Parameters:
    ///   - url: The URL at which the item can be downloaded.
    ///   - mediaType: The media type, if the provider states it. Defaults to the media type of the URL's file
    ///     extension, or to `nil` if that is unknown.
    public init(link url: URL, mediaType: String? = nil) {
        self.init(.url(url), mediaType: mediaType ?? MediaType.named(byExtension: url.pathExtension))
    }

    /// Creates an artifact from a response whose body is the file.
    ///
    /// The media type is that of the `Content-Type` header, in lowercase and without parameters.
    ///
    /// - Parameter response: A response with the file as its body.
    /// - Throws: The error of ``FetchResponse/requireSuccess()`` if the status isn't 2xx, so that an error page isn't
    ///   mistaken for a file. ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if the body is empty.
    public init(_ response: FetchResponse) throws(FetchError) {
        try response.requireSuccess()
        if response.body.isEmpty { throw response.malformedResponseError("the file is empty") }
        let type = response.headers["Content-Type"]?.prefix { $0 != ";" }.filter { !$0.isWhitespace }
        self.init(.data(response.body), mediaType: type?.isEmpty == false ? type?.lowercased() : nil)
    }

    /// Creates an artifact from a string, which may be a URL.
    ///
    /// An `http` or `https` URL becomes a link, a base64 `data:` URL becomes its bytes, and any other string becomes
    /// text.
    ///
    /// - Parameter text: A string from a response.
    public init(reading text: String) {
        if let (data, mediaType) = MediaType.dataURL(text) {
            self.init(.data(data), mediaType: mediaType)
        } else if let url = URL(string: text), url.absoluteString == text, (try? Origin(of: url)) != nil {
            // `URL` percent-encodes spaces, so a sentence that begins with a URL is parsed as a URL too. Its text
            // differs then.
            self.init(link: url)
        } else {
            self.init(.text(text))
        }
    }
}

extension Artifact {
    /// The download URL. `nil` for other content.
    public var url: URL? {
        if case .url(let url) = content { url } else { nil }
    }

    /// The bytes from the response. `nil` for other content.
    public var data: Data? {
        if case .data(let data) = content { data } else { nil }
    }

    /// The text from the response. `nil` for other content.
    public var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    /// The JSON from the response. `nil` for other content.
    public var json: JSONValue? {
        if case .json(let value) = content { value } else { nil }
    }
}
