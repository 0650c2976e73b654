/// A file format that the first bytes of a file tell.
package enum FileFormat: String, Sendable, Hashable, CaseIterable {
    case png, jpeg, gif, webp, avif, heic, bmp, tiff
    case mp4, quickTime, webm, matroska
    case mp3, wav, ogg, flac, audioMP4, aac
    case glb, zip, gzip, pdf
    case html, xml, svg, json
    /// Base64, or a `data:` URL, of another file.
    case base64
    /// Any other text in UTF-8 or UTF-16.
    case text

    /// Finds the format of a declared media type, in any case and with parameters; `nil` if none has it.
    package init?(mediaType: String?) {
        let essence = mediaType?.mediaTypeEssence
        guard let format = Self.allCases.first(where: { $0.mediaType == essence }) else { return nil }
        self = format
    }

    /// The media type, such as `image/png`.
    package var mediaType: String {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .gif: "image/gif"
        case .webp: "image/webp"
        case .avif: "image/avif"
        case .heic: "image/heic"
        case .bmp: "image/bmp"
        case .tiff: "image/tiff"
        case .mp4: "video/mp4"
        case .quickTime: "video/quicktime"
        case .webm: "video/webm"
        case .matroska: "video/x-matroska"
        case .mp3: "audio/mpeg"
        case .wav: "audio/wav"
        case .ogg: "audio/ogg"
        case .flac: "audio/flac"
        case .audioMP4: "audio/mp4"
        case .aac: "audio/aac"
        case .glb: "model/gltf-binary"
        case .zip: "application/zip"
        case .gzip: "application/gzip"
        case .pdf: "application/pdf"
        case .html: "text/html"
        case .xml: "application/xml"
        case .svg: "image/svg+xml"
        case .json: "application/json"
        case .base64, .text: "text/plain"
        }
    }

    /// The usual file extension, without a dot.
    package var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .quickTime: "mov"
        case .matroska: "mkv"
        case .audioMP4: "m4a"
        case .gzip: "gz"
        case .base64, .text: "txt"
        default: rawValue
        }
    }

    /// The extensions of formats that begin like this one, and are told apart by what is declared only.
    var specialExtensions: Set<String> {
        switch self {
        case .zip: ["usdz", "3mf", "docx", "xlsx", "pptx", "epub", "kmz"]
        case .mp4: ["m4a", "m4v", "mov"]
        case .webm, .matroska: ["weba", "mka"]
        case .ogg: ["opus", "ogv"]
        case .json: ["gltf", "jsonl"]
        case .text: ["srt", "vtt", "csv", "md", "obj", "stl", "ply", "jsonl"]
        case .tiff: ["dng"]
        case .base64: ["base64", "csv"]
        default: []
        }
    }

    /// True for text that servers send in place of a file: a page, an error document or a message.
    package var isText: Bool {
        switch self {
        case .html, .xml, .svg, .json, .base64, .text: true
        default: false
        }
    }
}
