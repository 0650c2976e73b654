#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore

extension Generation: FetchOutput {
    /// The links of ``outputs``, with the media types that their file names tell.
    public var artifacts: [Artifact] {
        outputs.map { url in
            Artifact(.url(url), mediaType: mediaTypeByExtension[url.pathExtension.lowercased()])
        }
    }
}

/// ModelsLab gives no media types, and its storage often serves a wrong one.
private let mediaTypeByExtension = [
    "mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
    "wav": "audio/wav", "mp3": "audio/mpeg", "ogg": "audio/ogg", "flac": "audio/flac", "m4a": "audio/mp4",
    "glb": "model/gltf-binary", "gltf": "model/gltf+json", "obj": "model/obj", "stl": "model/stl",
    "txt": "text/plain", "srt": "application/x-subrip", "json": "application/json", "zip": "application/zip",
]
