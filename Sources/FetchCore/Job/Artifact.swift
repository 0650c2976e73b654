#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A single item of a job's output, in a form that is independent of the provider.
///
/// ```swift
/// for artifact in output.outputArtifacts {
///     switch artifact.content {
///     case .url(let url): download(url, orFrom: artifact.mirrors)
///     case .data(let data): save(data, artifact.mediaType)
///     case .text(let text): print(text)
///     case .json(let value): print(value)
///     case .unusable(_, let problem): print("Can't be used:", problem)
///     }
/// }
/// ```
///
/// A link can be requested as it is: an item whose link isn't a complete http or https URL has the content
/// ``Content/unusable(_:problem:)``, whichever endpoint created it.
public struct Artifact: Sendable, Hashable {
    /// The forms that an item can have.
    public enum Content: Sendable, Hashable {
        /// The URL of a file to download: http or https with a host and without a user name, or `gs` or `s3` for an
        /// object of a storage service that takes a client of its own. Most providers delete the file after some time.
        case url(URL)
        /// Bytes that were part of the response.
        case data(Data)
        /// Text that was part of the response.
        case text(String)
        /// JSON that was part of the response.
        case json(JSONValue)
        /// A string of the response, at most its first 2,048 bytes, that isn't an item of the declared form, such as a
        /// link that isn't a URL. The problem is a sentence without a capital letter and a full stop.
        case unusable(String, problem: String)
    }

    /// The item itself, or the URL at which it can be downloaded.
    ///
    /// A URL that can't be downloaded becomes ``Content/unusable(_:problem:)``, and a `data:` URL its bytes.
    public var content: Content {
        didSet { if case .url(let url) = content { content = ArtifactLink(url).content } }
    }

    /// The media type, such as `video/mp4`. `nil` if unknown.
    public var mediaType: String?

    /// Other URLs of the same file, for networks from which the first one can't be reached. Those that can't be
    /// downloaded are left out.
    public var mirrors: [URL] {
        didSet { mirrors = mirrors.filter(ArtifactLink.isUsable) }
    }

    /// True if the download wants the provider's key, sent as the endpoint's own requests send it. Defaults to false.
    ///
    /// A client sends the key to no link. An application that does must send it to the provider's own hosts only.
    public var needsKey: Bool

    /// The date from which on the link may be dead. `nil` if unknown, and for an item that isn't a link.
    ///
    /// A client sets it for endpoints that state ``FetchEndpoint/artifactLifetime``. The provider may count from an
    /// earlier moment, so download well before.
    public var expiryDate: Date?

    /// Creates an artifact from its content.
    ///
    /// - Parameters:
    ///   - content: The item itself, or its URL.
    ///   - mediaType: The media type. Defaults to `nil`, which means unknown.
    ///   - mirrors: Other URLs of the same file. If `content` is unusable, the first of them takes its place. Defaults
    ///     to none.
    ///   - needsKey: Pass true if the download wants the provider's key.
    ///   - expiryDate: The date from which on the link may be dead. Defaults to `nil`, which means unknown.
    public init(
        _ content: Content,
        mediaType: String? = nil,
        mirrors: [URL] = [],
        needsKey: Bool = false,
        expiryDate: Date? = nil
    ) {
        self.content = content
        self.mediaType = mediaType
        self.mirrors = mirrors.isEmpty ? [] : mirrors.filter(ArtifactLink.isUsable)
        self.needsKey = needsKey
        self.expiryDate = expiryDate
        if case .url(let url) = content {
            let link = ArtifactLink(url)
            self.content = link.content
            self.mediaType = mediaType ?? link.mediaType
        }
        if problem != nil, let mirror = self.mirrors.first {
            self.content = .url(mirror)
            self.mirrors.removeFirst()
        }
    }
}

extension Artifact {
    /// Creates an artifact from a download URL.
    ///
    /// - Parameters:
    ///   - url: The URL at which the item can be downloaded.
    ///   - mediaType: The media type, if the provider states it. Defaults to the media type of the URL's file
    ///     extension, or to `nil` if that is unknown.
    ///   - mirrors: Other URLs of the same file. Defaults to none.
    ///   - needsKey: Pass true if the download wants the provider's key.
    ///   - expiryDate: The date from which on the link may be dead. Defaults to `nil`, which means unknown.
    public init(
        link url: URL,
        mediaType: String? = nil,
        mirrors: [URL] = [],
        needsKey: Bool = false,
        expiryDate: Date? = nil
    ) {
        self.init(
            .url(url),
            mediaType: mediaType ?? MediaType.named(byExtension: url.pathExtension),
            mirrors: mirrors,
            needsKey: needsKey,
            expiryDate: expiryDate
        )
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
        } else if let url = URL(string: text), url.absoluteString == text, (try? WebAddress(of: url)) != nil {
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

    /// The reason why the item can't be used, as a sentence without a capital letter and a full stop. `nil` for an item
    /// that can.
    public var problem: String? {
        if case .unusable(_, let problem) = content { problem } else { nil }
    }
}
