#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Media types of file extensions and `data:` URLs, for outputs that come without a `Content-Type` header.
enum MediaType {
    /// Returns the media type of a file extension in any case, or `nil` if generation services don't use it for
    /// outputs.
    static func named(byExtension pathExtension: String) -> String? { byExtension[pathExtension.lowercased()] }

    private static let byExtension = [
        "mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
        "svg": "image/svg+xml",
        "wav": "audio/wav", "mp3": "audio/mpeg", "ogg": "audio/ogg", "flac": "audio/flac", "m4a": "audio/mp4",
        "glb": "model/gltf-binary", "gltf": "model/gltf+json", "obj": "model/obj", "stl": "model/stl",
        "usdz": "model/vnd.usdz+zip", "3mf": "model/3mf",
        "txt": "text/plain", "srt": "application/x-subrip", "vtt": "text/vtt", "json": "application/json",
        "zip": "application/zip",
    ]

    /// Returns the bytes and media type of a base64 `data:` URL (RFC 2397), or `nil` if the text isn't one.
    static func dataURL(_ text: String) -> (Data, String?)? {
        guard text.prefix(5).lowercased() == "data:", let comma = text.firstIndex(of: ",") else { return nil }
        let parameters = text[..<comma].dropFirst(5).split(separator: ";", omittingEmptySubsequences: false)
        guard
            parameters.dropFirst().contains(where: { $0.lowercased() == "base64" }),
            let data = Data(base64Encoded: String(text[text.index(after: comma)...]))
        else { return nil }
        let type = parameters[0].lowercased()
        return (data, type.isEmpty ? nil : type)
    }
}
