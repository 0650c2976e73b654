/// Recognises a key as it is and as servers write it back: percent-encoded, escaped for JSON or for a page, wholly or in
/// part, once or several times over.
///
/// Each writer escapes other characters, so that the key is compared character by character and not with a list of
/// whole spellings.
struct KeySpelling {
    private let key: [UInt8]

    init(of key: String) { self.key = Array(key.utf8) }

    /// Whether a spelling of the key can begin with the byte.
    func canBegin(with byte: UInt8) -> Bool { byte == key[0] || Self.isEscape(byte) }

    /// Where the key that begins at `start` ends, or nil where none begins there.
    func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard canBegin(with: bytes[start]), isPlausible(in: bytes, from: start) else { return nil }
        let rest = bytes[start...]
        var index = start
        var mayBeEscaped = false
        for byte in key {
            guard index < bytes.count else { break }
            mayBeEscaped = mayBeEscaped || Self.isEscape(bytes[index])
            guard bytes[index] == byte else { break }
            index += 1
        }
        if index - start == key.count { return index }
        guard mayBeEscaped else { return nil }
        for level in Level.all {
            if let end = spelledEnd(in: rest, level: level) { return end }
        }
        return nil
    }

    /// A look at the neighbours, which spares an answer full of first letters or escapes the whole comparison.
    private func isPlausible(in bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        guard start + 1 < bytes.count else { return false }
        let (first, second) = (bytes[start], bytes[start + 1])
        if first == key[0], second == key[1] || Self.isEscape(second) { return true }
        switch first {
        case Self.percent: return PercentEncoding.hexDigit(second) != nil
        // Of a run of backslashes the first one speaks for all.
        case Self.backslash: return second == UInt8(ascii: "u") || start == 0 || bytes[start - 1] != Self.backslash
        case Self.ampersand: return second == UInt8(ascii: "#") || Self.isLetterOrDigit(second)
        default: return false
        }
    }

    private static func isEscape(_ byte: UInt8) -> Bool {
        byte == percent || byte == backslash || byte == ampersand
    }

    private func spelledEnd(in bytes: Slice<UnsafeRawBufferPointer>, level: Level) -> Int? {
        var rest = bytes
        for byte in key {
            guard let length = Self.length(of: byte, in: rest, level: level) else { return nil }
            rest = rest.dropFirst(length)
        }
        return rest.startIndex
    }

    /// How often the signs that escape others have been escaped themselves. One writer does it the same way all along.
    private struct Level {
        var percent = "%"
        var backslashes = 2

        static let all = [Self(), Self(percent: "%25"), Self(backslashes: 4), Self(backslashes: 8)]
    }

    /// How many bytes spell the byte at the beginning of the text. The longest spelling counts.
    private static func length(of byte: UInt8, in text: Slice<UnsafeRawBufferPointer>, level: Level) -> Int? {
        let escaped: Int? =
            switch text.first {
            case Self.percent: percentLength(of: byte, in: text, level: level)
            case backslash: backslashLength(of: byte, in: text, level: level)
            case ampersand: entityLength(of: byte, in: text)
            default: nil
            }
        return escaped ?? (text.first == byte ? 1 : nil)
    }

    /// `%2F`, and `%252F` where it was encoded twice.
    private static func percentLength(
        of byte: UInt8,
        in text: Slice<UnsafeRawBufferPointer>,
        level: Level
    ) -> Int? {
        let length = level.percent.utf8.count
        guard text.starts(with: level.percent.utf8), hexByte(text.dropFirst(length)) == byte else { return nil }
        return length + 2
    }

    /// `\/`, `\"` and `\u002f`, with more backslashes where it was escaped more than once.
    private static func backslashLength(
        of byte: UInt8,
        in text: Slice<UnsafeRawBufferPointer>,
        level: Level
    ) -> Int? {
        // No writer needs more, and an answer of nothing but backslashes must not take for ever.
        let rest = text.prefix(16).drop { $0 == backslash }
        let length = rest.startIndex - text.startIndex
        if rest.starts(with: "u00".utf8), hexByte(rest.dropFirst(3)) == byte { return length + 5 }
        if byte == backslash { return length >= level.backslashes ? level.backslashes : nil }
        return rest.first == byte && !isLetterOrDigit(byte) ? length + 1 : nil
    }

    /// `&amp;`, `&#38;` and `&#x26;`.
    private static func entityLength(of byte: UInt8, in text: Slice<UnsafeRawBufferPointer>) -> Int? {
        let hex = String(byte, radix: 16)
        var entities = ["&#\(byte);", "&#x\(hex);", "&#x\(hex.uppercased());"]
        if let name = entityNames[byte] { entities.append("&\(name);") }
        return entities.first { text.starts(with: $0.utf8) }?.utf8.count
    }

    private static let entityNames: [UInt8: String] = [
        UInt8(ascii: "&"): "amp", UInt8(ascii: "\""): "quot", UInt8(ascii: "'"): "apos",
        UInt8(ascii: "<"): "lt", UInt8(ascii: ">"): "gt",
    ]

    private static func hexByte(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt8? {
        guard
            digits.count >= 2,
            let high = PercentEncoding.hexDigit(digits[digits.startIndex]),
            let low = PercentEncoding.hexDigit(digits[digits.startIndex + 1])
        else { return nil }
        return high << 4 | low
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
    }

    private static let percent = UInt8(ascii: "%")
    private static let backslash = UInt8(ascii: "\\")
    private static let ampersand = UInt8(ascii: "&")
}
