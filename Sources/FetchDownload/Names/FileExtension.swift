#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The extension of a file by its content, else its declared media type, else its link.
package struct FileExtension: Sendable, Hashable {
    /// The extension in lowercase, without a dot. It is `bin` if it isn't known.
    package let text: String

    /// The format that the content has shown. `nil` if it wasn't recognised.
    private let format: FileFormat?

    /// Finds the extension.
    ///
    /// - Parameters:
    ///   - format: The format that the first bytes show. A declared type that is a special form of it, such as
    ///     `model/vnd.usdz+zip` of a ZIP archive, is preferred.
    ///   - mediaType: The declared media type, in any case and with parameters. `nil` if there is none.
    ///   - link: The URL of the file. Of its extension, only known ones count. `nil` if there is none.
    package init(format: FileFormat?, mediaType: String?, link: URL?) {
        self.format = format
        let declared = mediaType.flatMap(Self.named)
        let linked = link.flatMap { Self.known($0.pathExtension) }
        if let format {
            let special = [declared, linked].lazy.compactMap(\.self).first { format.specialExtensions.contains($0) }
            text = special ?? format.fileExtension
        } else {
            text = declared ?? linked ?? "bin"
        }
    }

    /// Returns the name with this extension appended if the content is known and its extension says something else.
    func completing(_ name: PlainFileName) -> PlainFileName {
        let present = name.suffix.dropFirst().lowercased()
        guard let format else { return present.isEmpty ? name.appending(extension: text) : name }
        let isRight =
            present == text || format.specialExtensions.contains(present)
            || Self.known(present).map { $0 == format.fileExtension } == true
        return isRight ? name : name.appending(extension: text)
    }

    /// Splits a name in front of its last dot. A suffix has at most 16 bytes with its dot, and isn't the whole name.
    static func split(_ name: String) -> (stem: String, suffix: String) {
        let scalars = name.unicodeScalars
        guard let dot = scalars.lastIndex(of: "."), dot != scalars.startIndex else { return (name, "") }
        let suffix = String(Substring(scalars[dot...]))
        guard (2...16).contains(suffix.utf8.count) else { return (name, "") }
        return (String(Substring(scalars[..<dot])), suffix)
    }

    /// Returns the name with a known extension only once at its end: `face.png` for `face.png.PNG`.
    static func withoutRepetition(_ name: String) -> String {
        var (stem, suffix) = split(name)
        guard known(String(suffix.dropFirst())) != nil else { return name }
        while true {
            let (shorter, other) = split(stem)
            guard other.lowercased() == suffix.lowercased() else { break }
            (stem, suffix) = (shorter, other)
        }
        return stem + suffix
    }

    /// Returns the format of files with the extension of a name; `nil` if the extension isn't known.
    static func format(of name: String) -> FileFormat? {
        let fileExtension = known(String(split(name).suffix.dropFirst()))
        return FileFormat.allCases.first { $0.fileExtension == fileExtension }
    }

    /// Returns the usual form of a known extension, such as `jpg` for `JPEG`; `nil` for any other.
    private static func known(_ text: String) -> String? {
        let lowercased = text.lowercased()
        return synonyms[lowercased] ?? (knownExtensions.contains(lowercased) ? lowercased : nil)
    }

    /// Returns the extension of a media type in any case and with parameters.
    private static func named(_ mediaType: String) -> String? {
        byMediaType[mediaType.mediaTypeEssence]
    }

    private static let synonyms = [
        "jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "htm": "html", "qt": "mov", "wave": "wav", "oga": "ogg",
        "heif": "heic",
    ]

    private static let knownExtensions = Set(byMediaType.values).union(FileFormat.allCases.map(\.fileExtension))

    private static let byMediaType = [
        "image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp",
        "image/avif": "avif", "image/heic": "heic", "image/heif": "heic", "image/svg+xml": "svg", "image/bmp": "bmp",
        "image/tiff": "tiff", "image/vnd.radiance": "hdr", "image/x-exr": "exr",
        "video/mp4": "mp4", "video/webm": "webm", "video/quicktime": "mov", "video/x-matroska": "mkv",
        "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/wav": "wav", "audio/x-wav": "wav", "audio/wave": "wav",
        "audio/vnd.wave": "wav", "audio/ogg": "ogg", "audio/opus": "opus", "audio/flac": "flac", "audio/x-flac": "flac",
        "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/aac": "aac", "audio/webm": "weba", "video/ogg": "ogv",
        "model/gltf-binary": "glb", "model/gltf+json": "gltf", "model/obj": "obj", "model/stl": "stl",
        "model/vnd.usdz+zip": "usdz", "model/3mf": "3mf", "model/ply": "ply", "model/fbx": "fbx",
        "application/zip": "zip", "application/gzip": "gz", "application/pdf": "pdf", "application/json": "json",
        "application/x-ndjson": "jsonl", "application/jsonl": "jsonl", "application/xml": "xml", "text/xml": "xml",
        "application/x-subrip": "srt", "text/vtt": "vtt", "text/srt": "srt", "text/plain": "txt", "text/csv": "csv",
        "text/markdown": "md", "text/html": "html",
    ]
}
