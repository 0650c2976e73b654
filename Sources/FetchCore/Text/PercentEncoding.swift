/// Percent-encoding as in RFC 3986. All characters that aren't unreserved are encoded, so that a value is safe in every
/// part of a URL.
package enum PercentEncoding {
    /// Returns the text with all bytes percent-encoded that aren't unreserved.
    package static func encode(_ text: String) -> String {
        if text.utf8.allSatisfy(isUnreserved) { return text }
        var result = ""
        for byte in text.utf8 {
            if isUnreserved(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }

    /// Returns the decoded text, or `nil` if an escape is malformed or the bytes aren't UTF-8.
    package static func decode(_ text: some StringProtocol) -> String? { decode(Array(text.utf8)[...]) }

    /// Returns the decoded text, or `nil` if an escape is malformed or the bytes aren't UTF-8.
    static func decode(_ text: ArraySlice<UInt8>) -> String? {
        guard text.contains(UInt8(ascii: "%")) else { return String(decoding: text, as: UTF8.self) }
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard
                let high = rest.popFirst().flatMap(ASCII.hexadecimalValue),
                let low = rest.popFirst().flatMap(ASCII.hexadecimalValue)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Returns true for bytes that the path or query of a URL may contain.
    static func isURLByte(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || "%/?:@!$&'()*+,;=".utf8.contains(byte)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isLetterOrDigit(byte) || "-._~".utf8.contains(byte)
    }
}
