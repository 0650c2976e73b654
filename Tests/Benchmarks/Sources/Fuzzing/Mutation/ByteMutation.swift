/// A change to the bytes of a response, regardless of its structure.
package enum ByteMutation: CaseIterable, Sendable {
    case truncate, flip, insert, remove, overwrite, duplicate, append, prepend, widen, replace

    /// Applies the change at a random position.
    func apply(to bytes: inout [UInt8], _ random: inout SeededRandom) {
        let place = random.below(bytes.count + 1)
        let length = min(1 + random.below(1 << random.below(6)), bytes.count - place)
        switch self {
        case .truncate: bytes.removeSubrange(place...)
        case .flip where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case .remove: bytes.removeSubrange(place..<place + length)
        case .overwrite: for index in place..<place + length { bytes[index] = UInt8(random.below(256)) }
        case .duplicate: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
        case .append: bytes += random.pick(Self.pieces)
        case .prepend: bytes.insert(contentsOf: random.pick(Self.pieces), at: 0)
        case .widen: bytes = bytes.flatMap { [$0, 0] }
        case .replace: bytes = random.pick(Self.pieces)
        case .flip, .insert: bytes.insert(contentsOf: random.pick(Self.pieces), at: place)
        }
    }

    private static let pieces: [[UInt8]] = [
        [], [0], [0xFF], [0xC3], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE], [0xED, 0xA0, 0x80],
        [0xF4, 0x90, 0x80, 0x80],
        [0xE2, 0x80, 0xAE], [0x0D, 0x0A], Array("\"".utf8), Array("\\".utf8), Array("\\u".utf8), Array("}".utf8),
        Array("[".utf8), Array(",".utf8), Array("null".utf8), Array(")]}',\n".utf8), Array("{}".utf8), Array("%".utf8),
        Array("&#".utf8), Array("data: {\"status\":\"success\"}\n\n".utf8), Array("1e".utf8),
        Array("<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>".utf8),
    ]
}
