import FetchCore

/// Finds the format of a file by its first bytes.
package enum ContentSniffer {
    /// The number of bytes that count. Fewer suffice for most formats.
    package static let prefixLength = 512

    /// Returns the format of a file.
    ///
    /// - Parameters:
    ///   - bytes: The first bytes of the file. Of more than ``prefixLength``, the first ones count.
    ///   - isWhole: True if the file has no further bytes.
    /// - Returns: `nil` if the format isn't known, or if there are too few bytes to tell it.
    package static func format(of bytes: some Sequence<UInt8>, isWhole: Bool = false) -> FileFormat? {
        let start = Array(bytes.prefix(prefixLength + 1))
        let bytes = Array(start.prefix(prefixLength))
        let isWhole = isWhole && start.count == bytes.count
        guard !bytes.isEmpty else { return nil }
        return signature(bytes) ?? boxes(bytes) ?? audioFrame(bytes) ?? TextSniffer(bytes, isWhole: isWhole).format
    }

    private static func signature(_ bytes: [UInt8]) -> FileFormat? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) { return .gif }
        if bytes.starts(with: "RIFF".utf8) || bytes.starts(with: "RF64".utf8) {
            let form = bytes.dropFirst(8).prefix(4)
            if form.elementsEqual("WEBP".utf8) { return .webp }
            if form.elementsEqual("WAVE".utf8) { return .wav }
        }
        if bytes.starts(with: "BM".utf8), bytes.count >= 18, bytes[6..<10].allSatisfy({ $0 == 0 }), bytes[15] == 0 {
            return .bmp
        }
        if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) { return .tiff }
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return matroska(bytes) }
        if bytes.starts(with: "ID3".utf8), bytes.count > 3, bytes[3] < 0x10 { return .mp3 }
        if bytes.starts(with: "OggS".utf8) { return .ogg }
        if bytes.starts(with: "fLaC".utf8) { return .flac }
        if bytes.starts(with: "glTF".utf8) { return .glb }
        if bytes.starts(with: "PK".utf8), bytes.count >= 4, [[3, 4], [5, 6], [7, 8]].contains(Array(bytes[2..<4])) {
            return .zip
        }
        if bytes.starts(with: [0x1F, 0x8B, 8]) { return .gzip }
        return bytes.starts(with: "%PDF-".utf8) ? .pdf : nil
    }

    /// Tells WebM from other Matroska files by the document type in their EBML header.
    private static func matroska(_ bytes: [UInt8]) -> FileFormat? {
        let header = bytes.prefix(80)
        if header.firstRange(of: Array("webm".utf8)) != nil { return .webm }
        return header.firstRange(of: Array("matroska".utf8)) != nil ? .matroska : nil
    }

    /// Recognises the ISO base media file format by its first box (ISO/IEC 14496-12).
    private static func boxes(_ bytes: [UInt8]) -> FileFormat? {
        guard bytes.count >= 12 else { return nil }
        let type = String(decoding: bytes[4..<8], as: UTF8.self)
        guard type == "ftyp" else {
            // The oldest QuickTime files have no file type box.
            return ["moov", "mdat", "wide", "pnot"].contains(type) ? .quickTime : nil
        }
        let boxLength = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        let end = min(max(boxLength, 12), bytes.count)
        let brands = [8] + stride(from: 16, to: max(end - 3, 16), by: 4)
        let names = brands.map { String(decoding: bytes[$0..<$0 + 4], as: UTF8.self) }
        switch names[0] {
        case "avif", "avis": return .avif
        case "heic", "heix", "heim", "heis", "hevc", "hevx": return .heic
        case "mif1", "msf1": return names.contains("avif") || names.contains("avis") ? .avif : .heic
        case "qt  ": return .quickTime
        case "M4A ", "M4B ", "M4P ": return .audioMP4
        default: return .mp4
        }
    }

    /// Recognises the header of an MPEG audio frame, layer III, or of an ADTS frame.
    private static func audioFrame(_ bytes: [UInt8]) -> FileFormat? {
        guard bytes.count >= 4, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 else { return nil }
        if bytes[1] & 0xF6 == 0xF0 { return bytes[2] >> 2 & 0xF < 13 ? .aac : nil }
        let (version, layer) = (bytes[1] >> 3 & 3, bytes[1] >> 1 & 3)
        let (bitRate, sampleRate) = (bytes[2] >> 4, bytes[2] >> 2 & 3)
        return version != 1 && layer == 1 && bitRate != 15 && sampleRate != 3 ? .mp3 : nil
    }
}
