/// Looks for a key in a text, and in what the text says once it is decoded.
///
/// It shares nothing with the code that blots keys out: it decodes the text as a whole, again and again, and looks for the key as
/// it is.
struct KeySearch {
    private let key: [UInt8]

    init(_ canary: Canary) { key = Array(canary.key.utf8) }

    /// Whether the key can be read out of the text.
    func finds(in text: String) -> Bool {
        var bytes = Array(text.utf8)
        for _ in 0..<4 {
            if Self.holds(bytes, key) { return true }
            let decoded = Self.decoded(bytes)
            if decoded.count == bytes.count { return false }
            bytes = decoded
        }
        return Self.holds(bytes, key)
    }

    static func holds(_ bytes: [UInt8], _ piece: [UInt8]) -> Bool {
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

    /// One layer of percent-encoding, of JSON's escapes and of a page's taken off.
    private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.first {
            let (plain, length) = decodedSign(rest) ?? (byte, 1)
            result.append(plain)
            rest = rest.dropFirst(length)
        }
        return result
    }

    private static func decodedSign(_ bytes: ArraySlice<UInt8>) -> (UInt8, Int)? {
        switch bytes.first {
        case UInt8(ascii: "%"):
            return hex(bytes.dropFirst().prefix(2), digits: 2).map { ($0, 3) }
        case UInt8(ascii: "\\"):
            let behind = bytes.dropFirst()
            if behind.starts(with: "u00".utf8) { return hex(behind.dropFirst(3).prefix(2), digits: 2).map { ($0, 6) } }
            return behind.first.flatMap { Spelling.isLetterOrDigit($0) ? nil : ($0, 2) }
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
