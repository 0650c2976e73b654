/// Where a text of JSON ends, and whether a decoder can read it.
struct JSONTextScan {
    /// The place of the quotation mark that ends the text, or of the end of the bytes.
    private(set) var end: Int

    /// How many escapes there are.
    private(set) var escapes = 0

    /// Whether it has neither half a character, nor a control character, nor an escape that nobody knows.
    private(set) var isReadable = true

    /// Looks at the text whose first byte, behind the quotation mark, is at `start`.
    init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
        end = start
        var isASCII = true
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            let byte = bytes[end]
            if byte < 0x20 { isReadable = false }
            if byte >= 0x80 { isASCII = false }
            if byte == UInt8(ascii: "\\") {
                escapes += 1
                skipEscape(in: bytes)
            } else {
                end += 1
            }
        }
        end = min(end, bytes.count)
        if !isASCII, String(validating: bytes[start..<end], as: UTF8.self) == nil { isReadable = false }
    }

    private mutating func skipEscape(in bytes: UnsafeRawBufferPointer) {
        let sign = end + 1 < bytes.count ? bytes[end + 1] : 0
        guard sign == UInt8(ascii: "u") else {
            if !"\"\\/bfnrt".utf8.contains(sign) { isReadable = false }
            end += 2
            return
        }
        let isFirstHalf = Self.isCode(in: bytes, at: end, from: 0x8, through: 0xB)
        let isPair = isFirstHalf && Self.isCode(in: bytes, at: end + 6, from: 0xC, through: 0xF)
        if isPair {
            escapes += 1
            end += 12
            return
        }
        // Half a character, or no code at all. What is no digit may be the quotation mark.
        if isFirstHalf || Self.isCode(in: bytes, at: end, from: 0xC, through: 0xF) || !Self.isCode(in: bytes, at: end) {
            isReadable = false
        }
        end += 2
    }

    /// Whether a code stands there, `\u` and four digits.
    private static func isCode(in bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
        place + 5 < bytes.count && (2...5).allSatisfy { PercentEncoding.hexDigit(bytes[place + $0]) != nil }
    }

    /// Whether the code of half a character stands there, `\uD800` and the like.
    private static func isCode(
        in bytes: UnsafeRawBufferPointer,
        at place: Int,
        from lowest: UInt8,
        through highest: UInt8
    ) -> Bool {
        guard
            place + 5 < bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u"),
            isCode(in: bytes, at: place), PercentEncoding.hexDigit(bytes[place + 2]) == 0xD,
            let second = PercentEncoding.hexDigit(bytes[place + 3])
        else { return false }
        return second >= lowest && second <= highest
    }
}
