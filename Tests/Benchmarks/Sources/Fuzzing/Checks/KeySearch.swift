/// A search for a key in a string and in its decoded forms.
///
/// It is independent of the code that redacts keys: it decodes the whole string repeatedly and searches for the plain
/// key.
struct KeySearch {
    private let key: [UInt8]

    init(_ canary: Canary) { key = Array(canary.key.utf8) }

    /// Returns true if the string contains the key, plain or encoded up to four times.
    func finds(in string: String) -> Bool {
        var bytes = Array(string.utf8)
        for _ in 0..<4 {
            if Self.contains(bytes, key) { return true }
            let decoded = Self.decoded(bytes)
            if decoded.count == bytes.count { return false }
            bytes = decoded
        }
        return Self.contains(bytes, key)
    }

    static func contains(_ bytes: [UInt8], _ piece: [UInt8]) -> Bool {
        guard bytes.count >= piece.count, let first = piece.first else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index <= bytes.count - piece.count {
                if bytes[index] == first, bytes[index..<index + piece.count].elementsEqual(piece) { return true }
                index += 1
            }
            return false
        }
    }

    /// Decodes one layer of percent-encoding, JSON escapes and HTML entities.
    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.first {
            let (plain, length) = decodedCharacter(rest) ?? (byte, 1)
            result.append(plain)
            rest = rest.dropFirst(length)
        }
        return result
    }

    private static func decodedCharacter(_ bytes: ArraySlice<UInt8>) -> (UInt8, Int)? {
        switch bytes.first {
        case UInt8(ascii: "%"):
            return hex(bytes.dropFirst().prefix(2), digits: 2).map { ($0, 3) }
        case UInt8(ascii: "\\"):
            let rest = bytes.dropFirst()
            if rest.starts(with: "u00".utf8) { return hex(rest.dropFirst(3).prefix(2), digits: 2).map { ($0, 6) } }
            return rest.first.flatMap { KeyEscaping.isLetterOrDigit($0) ? nil : ($0, 2) }
        case UInt8(ascii: "&"):
            guard let end = bytes.prefix(8).firstIndex(of: UInt8(ascii: ";")) else { return nil }
            let name = String(decoding: bytes[bytes.startIndex + 1..<end], as: UTF8.self)
            return entity(name).map { ($0, end - bytes.startIndex + 1) }
        default: return nil
        }
    }

    private static func entity(_ name: String) -> UInt8? {
        if name.hasPrefix("#x") { return UInt8(name.dropFirst(2), radix: 16) }
        if name.hasPrefix("#") { return UInt8(name.dropFirst()) }
        return ["amp": "&", "quot": "\"", "apos": "'", "lt": "<", "gt": ">"][name].flatMap(\.utf8.first)
    }

    private static func hex(_ bytes: ArraySlice<UInt8>, digits: Int) -> UInt8? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.count == digits, text.allSatisfy(\.isHexDigit) else { return nil }
        return UInt8(text, radix: 16)
    }
}
