/// Files whose structure tells that they are truncated, wherever that is after their first bytes.
enum FileSample: String, CaseIterable, Sendable {
    case png, gif, wav, webp, glb

    /// Returns a well-formed file with a random content.
    func bytes(_ random: inout SeededRandom) -> [UInt8] {
        let content = (0..<4 * (1 + random.below(60))).map { _ in UInt8(random.below(256)) }
        switch self {
        case .png:
            let header = Self.chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
            return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + header + Self.chunk("IDAT", content)
                + Self.chunk("IEND", [])
        case .gif:
            let image: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, UInt8(content.count)] + content + [0, 0x3B]
            return Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0] + image
        case .wav:
            let format = Array("fmt ".utf8) + Self.little(16) + [UInt8](repeating: 1, count: 16)
            return Self.riff("WAVE", format + Array("data".utf8) + Self.little(content.count) + content)
        case .webp: return Self.riff("WEBP", Array("VP8L".utf8) + Self.little(content.count) + content)
        case .glb:
            let chunk = Self.little(content.count) + Array("JSON".utf8) + content
            return Array("glTF".utf8) + Self.little(2) + Self.little(12 + chunk.count) + chunk
        }
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        little(data.count).reversed() + Array(type.utf8) + data + [0, 0, 0, 0]
    }

    private static func riff(_ form: String, _ chunks: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + little(4 + chunks.count) + Array(form.utf8) + chunks
    }

    private static func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
