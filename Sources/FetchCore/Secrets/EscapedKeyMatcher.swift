/// A matcher for a key in plain form and in the forms in which servers echo it: percent-encoded, or escaped for JSON or
/// HTML, completely or in part, once or repeatedly.
///
/// Encoders differ in the characters that they escape, so the key is matched character by character rather than against
/// a list of encoded keys.
struct EscapedKeyMatcher {
    private let key: [UInt8]

    init(of key: String) { self.key = Array(key.utf8) }

    /// Returns the end of the key if it begins at `start`, or `nil` otherwise.
    func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard isPlausible(in: bytes, from: start) else { return nil }
        var index = start
        var mayBeEscaped = false
        for byte in key {
            guard index < bytes.count else { break }
            mayBeEscaped = mayBeEscaped || Self.isEscape(bytes[index])
            guard bytes[index] == byte else { break }
            index += 1
        }
        if index - start == key.count { return index }
        return mayBeEscaped ? encodedEnd(in: bytes, from: start) : nil
    }

    /// Returns false if the first two bytes exclude a key. This avoids most full comparisons.
    private func isPlausible(in bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        guard start + 1 < bytes.count else { return false }
        let (first, second) = (bytes[start], bytes[start + 1])
        if first == key[0], second == key[1] || Self.isEscape(second) { return true }
        switch first {
        case Self.percent: return ASCII.hexadecimalValue(second) != nil
        // A run of backslashes is matched from its first one.
        case Self.backslash: return second == UInt8(ascii: "u") || start == 0 || bytes[start - 1] != Self.backslash
        case Self.ampersand: return second == UInt8(ascii: "#") || ASCII.isLetterOrDigit(second)
        default: return false
        }
    }

    private static func isEscape(_ byte: UInt8) -> Bool {
        byte == percent || byte == backslash || byte == ampersand
    }

    /// Returns the end of the encoded key, or `nil` if none begins at `start`.
    ///
    /// An escape sequence is ambiguous: `%25` is an encoded percent sign, or these three characters of the key. So all
    /// interpretations are followed in parallel, and the longest match counts.
    private func encodedEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var offset = start
        var otherOffsets: Set<Int> = []
        for byte in key {
            var nextOffsets = NextOffsets()
            Self.forEachLength(of: byte, in: bytes, at: offset) { nextOffsets.add(offset + $0) }
            for other in otherOffsets {
                Self.forEachLength(of: byte, in: bytes, at: other) { nextOffsets.add(other + $0) }
            }
            guard let next = nextOffsets.first else { return nil }
            (offset, otherOffsets) = (next, nextOffsets.others)
        }
        return otherOffsets.reduce(offset, max)
    }

    /// The possible offsets of the next character of the key. In most cases there is one, which needs no allocation.
    private struct NextOffsets {
        private(set) var first: Int?
        private(set) var others: Set<Int> = []

        mutating func add(_ offset: Int) {
            guard let first else { return first = offset }
            if offset != first { others.insert(offset) }
        }
    }

    /// Calls `body` with the length of each possible encoding of `byte` at an offset.
    private static func forEachLength(
        of byte: UInt8,
        in bytes: UnsafeRawBufferPointer,
        at offset: Int,
        _ body: (Int) -> Void
    ) {
        guard offset < bytes.count else { return }
        if bytes[offset] == byte { body(1) }
        switch bytes[offset] {
        case percent: forEachPercentLength(of: byte, in: bytes, at: offset, body)
        case backslash: forEachBackslashLength(of: byte, in: bytes, at: offset, body)
        case ampersand: if let length = entityLength(of: byte, in: bytes, at: offset) { body(length) }
        default: break
        }
    }

    /// Matches `%2F`, and `%252F` for repeated encoding.
    private static func forEachPercentLength(
        of byte: UInt8,
        in bytes: UnsafeRawBufferPointer,
        at offset: Int,
        _ body: (Int) -> Void
    ) {
        var digits = offset + 1
        // The limit of four encodings bounds the time for a response that consists of percent signs.
        for _ in 0..<4 {
            guard let decoded = hexByte(in: bytes, at: digits) else { return }
            if decoded == byte { body(digits + 2 - offset) }
            guard decoded == percent else { return }
            digits += 2
        }
    }

    /// Matches `\/`, `\"` and `\u002f`, with further backslashes for repeated escaping.
    private static func forEachBackslashLength(
        of byte: UInt8,
        in bytes: UnsafeRawBufferPointer,
        at offset: Int,
        _ body: (Int) -> Void
    ) {
        var end = offset
        while end < bytes.count, end < offset + 16, bytes[end] == backslash { end += 1 }
        if byte == backslash {
            for length in [2, 4, 8] where length <= end - offset { body(length) }
        }
        guard end < bytes.count else { return }
        if isCode(in: bytes, at: end), hexByte(in: bytes, at: end + 3) == byte { body(end + 5 - offset) }
        if bytes[end] == byte, !ASCII.isLetterOrDigit(byte) { body(end + 1 - offset) }
    }

    private static func isCode(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        offset + 2 < bytes.count && bytes[offset] == UInt8(ascii: "u") && bytes[offset + 1] == zero
            && bytes[offset + 2] == zero
    }

    /// Returns the length of an HTML entity of the byte, such as `&amp;`, `&#38;` or `&#x26;`, or `nil` if there is
    /// none.
    private static func entityLength(of byte: UInt8, in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int? {
        guard offset + 1 < bytes.count else { return nil }
        guard bytes[offset + 1] == UInt8(ascii: "#") else {
            guard let name = entityNames[byte] else { return nil }
            return bytes[(offset + 1)...].starts(with: name) ? name.count + 1 : nil
        }
        var end = offset + 2
        let isHexadecimal = end < bytes.count && bytes[end] == UInt8(ascii: "x")
        if isHexadecimal { end += 1 }
        let radix = isHexadecimal ? 16 : 10
        var number = 0
        // A byte has at most three digits, but some encoders add leading zeros.
        while end < bytes.count, end < offset + 9, let digit = ASCII.hexadecimalValue(bytes[end]), digit < radix {
            number = number * radix + Int(digit)
            end += 1
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ";"), number == Int(byte) else { return nil }
        return end + 1 - offset
    }

    private static let entityNames: [UInt8: [UInt8]] = [
        ampersand: Array("amp;".utf8), UInt8(ascii: "\""): Array("quot;".utf8), UInt8(ascii: "'"): Array("apos;".utf8),
        UInt8(ascii: "<"): Array("lt;".utf8), UInt8(ascii: ">"): Array("gt;".utf8),
    ]

    private static func hexByte(in bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt8? {
        guard
            offset + 1 < bytes.count,
            let high = ASCII.hexadecimalValue(bytes[offset]),
            let low = ASCII.hexadecimalValue(bytes[offset + 1])
        else { return nil }
        return high << 4 | low
    }

    private static let percent = UInt8(ascii: "%")
    private static let backslash = UInt8(ascii: "\\")
    private static let ampersand = UInt8(ascii: "&")
    private static let zero = UInt8(ascii: "0")
}
