/// Recognises a key as it is and as servers write it back: percent-encoded, escaped for JSON or for a page, wholly or in
/// part, once or several times over.
///
/// Each writer escapes other characters, so that the key is compared character by character and not with a list of
/// whole spellings.
struct KeySpelling {
    private let key: [UInt8]

    init(of key: String) { self.key = Array(key.utf8) }

    /// Where the key that begins at `start` ends, or nil where none begins there.
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
        return mayBeEscaped ? spelledEnd(in: bytes, from: start) : nil
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

    /// What looks like an escape may be part of the key: `%25` is a percent sign, or these three characters. So all ways to
    /// read the text are followed, and the one that goes furthest counts.
    private func spelledEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        var otherPlaces: Set<Int> = []
        for byte in key {
            var nextPlaces = NextPlaces()
            Self.forEachLength(of: byte, in: bytes, at: place) { nextPlaces.add(place + $0) }
            for other in otherPlaces {
                Self.forEachLength(of: byte, in: bytes, at: other) { nextPlaces.add(other + $0) }
            }
            guard let next = nextPlaces.first else { return nil }
            (place, otherPlaces) = (next, nextPlaces.others)
        }
        return otherPlaces.reduce(place, max)
    }

    /// Where the next character of the key may be. There is seldom more than one place.
    private struct NextPlaces {
        private(set) var first: Int?
        private(set) var others: Set<Int> = []

        mutating func add(_ place: Int) {
            guard let first else { return first = place }
            if place != first { others.insert(place) }
        }
    }

    /// How many bytes spell the byte there, in each way in which they do.
    private static func forEachLength(
        of byte: UInt8,
        in bytes: UnsafeRawBufferPointer,
        at place: Int,
        _ body: (Int) -> Void
    ) {
        guard place < bytes.count else { return }
        if bytes[place] == byte { body(1) }
        switch bytes[place] {
        case percent: forEachPercentLength(of: byte, in: bytes, at: place, body)
        case backslash: forEachBackslashLength(of: byte, in: bytes, at: place, body)
        case ampersand: if let length = entityLength(of: byte, in: bytes, at: place) { body(length) }
        default: break
        }
    }

    /// `%2F`, and `%252F` where it was encoded twice.
    private static func forEachPercentLength(
        of byte: UInt8,
        in bytes: UnsafeRawBufferPointer,
        at place: Int,
        _ body: (Int) -> Void
    ) {
        var digits = place + 1
        // No writer encodes more often, and an answer of nothing but percent signs must not take for ever.
        for _ in 0..<4 {
            guard let decoded = hexByte(in: bytes, at: digits) else { return }
            if decoded == byte { body(digits + 2 - place) }
            guard decoded == percent else { return }
            digits += 2
        }
    }

    /// `\/`, `\"` and `\u002f`, with more backslashes where it was escaped more than once.
    private static func forEachBackslashLength(
        of byte: UInt8,
        in bytes: UnsafeRawBufferPointer,
        at place: Int,
        _ body: (Int) -> Void
    ) {
        var end = place
        while end < bytes.count, end < place + 16, bytes[end] == backslash { end += 1 }
        if byte == backslash {
            for length in [2, 4, 8] where length <= end - place { body(length) }
        }
        guard end < bytes.count else { return }
        if isCode(in: bytes, at: end), hexByte(in: bytes, at: end + 3) == byte { body(end + 5 - place) }
        if bytes[end] == byte, !isLetterOrDigit(byte) { body(end + 1 - place) }
    }

    private static func isCode(in bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
        place + 2 < bytes.count && bytes[place] == UInt8(ascii: "u") && bytes[place + 1] == zero
            && bytes[place + 2] == zero
    }

    /// `&amp;`, `&#38;` and `&#x26;`.
    private static func entityLength(of byte: UInt8, in bytes: UnsafeRawBufferPointer, at place: Int) -> Int? {
        guard place + 1 < bytes.count else { return nil }
        guard bytes[place + 1] == UInt8(ascii: "#") else {
            guard let name = entityNames[byte] else { return nil }
            return bytes[(place + 1)...].starts(with: name) ? name.count + 1 : nil
        }
        var end = place + 2
        let isHexadecimal = end < bytes.count && bytes[end] == UInt8(ascii: "x")
        if isHexadecimal { end += 1 }
        let radix = isHexadecimal ? 16 : 10
        var number = 0
        // A byte has three digits at the most, and some writers put zeros in front.
        while end < bytes.count, end < place + 9, let digit = PercentEncoding.hexDigit(bytes[end]), digit < radix {
            number = number * radix + Int(digit)
            end += 1
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ";"), number == Int(byte) else { return nil }
        return end + 1 - place
    }

    private static let entityNames: [UInt8: [UInt8]] = [
        ampersand: Array("amp;".utf8), UInt8(ascii: "\""): Array("quot;".utf8), UInt8(ascii: "'"): Array("apos;".utf8),
        UInt8(ascii: "<"): Array("lt;".utf8), UInt8(ascii: ">"): Array("gt;".utf8),
    ]

    private static func hexByte(in bytes: UnsafeRawBufferPointer, at place: Int) -> UInt8? {
        guard
            place + 1 < bytes.count,
            let high = PercentEncoding.hexDigit(bytes[place]),
            let low = PercentEncoding.hexDigit(bytes[place + 1])
        else { return nil }
        return high << 4 | low
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private static let percent = UInt8(ascii: "%")
    private static let backslash = UInt8(ascii: "\\")
    private static let ampersand = UInt8(ascii: "&")
    private static let zero = UInt8(ascii: "0")
}
