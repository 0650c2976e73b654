/// The content that an output promises by its declared media type.
package struct PromisedContent: Sendable, Hashable {
    /// A comparison of what was promised with what was found.
    package enum Comparison: Sendable, Hashable {
        /// The file may be what was promised.
        case plausible
        /// The file is a page, an error document or a message in place of a file.
        case substitute
        /// The file is the text form of what was promised, base64 or a `data:` URL.
        case encoded
    }

    private let mediaType: String?

    /// - Parameter mediaType: The declared media type, in any case and with parameters. `nil` promises nothing.
    package init(mediaType: String?) {
        self.mediaType = mediaType?.mediaTypeEssence
    }

    /// Compares the format that the first bytes of a file show. `nil` is an unknown format, which is plausible.
    package func comparison(with format: FileFormat?) -> Comparison {
        guard let format, format.isText, isBinary, format.mediaType != mediaType else { return .plausible }
        return format == .base64 ? .encoded : .substitute
    }

    /// Returns true if the first bytes of a body with a content coding are those of the file: the transport has decoded
    /// it, or states a coding that the body doesn't have. Coded bytes have the format gzip, or none.
    func isDecoded(_ format: FileFormat?) -> Bool {
        format == .gzip ? mediaType == FileFormat.gzip.mediaType : format != nil
    }

    /// True if files of the promised type aren't text.
    var isBinary: Bool {
        guard let mediaType else { return false }
        if Self.textForms.contains(where: mediaType.hasSuffix) { return false }
        if Self.binaryTypes.contains(mediaType) { return true }
        let parts = mediaType.split(separator: "/", maxSplits: 1)
        return parts.count == 2 && ["image", "video", "audio", "font"].contains(parts[0])
    }

    /// The ends of media types whose files are text: structured suffixes (RFC 6838, section 4.2.8) and playlists.
    private static let textForms = ["+xml", "+json", "mpegurl"]

    private static let binaryTypes: Set = [
        "application/zip", "application/gzip", "application/pdf", "model/gltf-binary", "model/vnd.usdz+zip",
        "model/3mf", "model/fbx",
    ]
}
