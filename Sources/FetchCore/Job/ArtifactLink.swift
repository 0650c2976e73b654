#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The rule about the links of artifacts: what a client hands out as a link can be requested as it is.
struct ArtifactLink {
    /// The schemes of objects in storage services.
    private static let storageSchemes: Set = ["gs", "s3"]

    /// The number of bytes that are kept of a string that isn't a link.
    static let maximumLength = 2_048

    /// The link, or the bytes of a `data:` URL, or what is unusable.
    let content: Artifact.Content
    /// The media type of a `data:` URL. `nil` for any other.
    let mediaType: String?

    init(_ url: URL) {
        if url.scheme?.lowercased() == "data", let (data, mediaType) = MediaType.dataURL(url.absoluteString),
            !data.isEmpty
        {
            (content, self.mediaType) = (.data(data), mediaType)
            return
        }
        mediaType = nil
        guard let problem = Self.problem(of: url) else {
            content = .url(url)
            return
        }
        content = Self.unusable(url.absoluteString, because: problem)
    }

    /// Returns true if a URL can be downloaded.
    static func isUsable(_ url: URL) -> Bool { problem(of: url) == nil }

    /// Returns the content for a string that isn't a link.
    static func unusable(_ text: String, because problem: String) -> Artifact.Content {
        .unusable(
            String(decoding: text.utf8.prefix(maximumLength), as: UTF8.self),
            problem: "\(Excerpt(text, maxLength: 80)) can't be used as a link: \(problem)"
        )
    }

    private static func problem(of url: URL) -> String? {
        guard let scheme = url.scheme?.lowercased() else { return "it is relative" }
        if storageSchemes.contains(scheme) {
            guard url.host()?.isEmpty == false, url.user() == nil else { return "it names no bucket" }
            return nil
        }
        do throws(WebAddress.Problem) {
            _ = try WebAddress(of: url)
            return nil
        } catch {
            return error.reason
        }
    }
}
