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
            guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Returns true for letters, digits and the underscore, which the name of a placeholder may contain.
    static func isNameByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "_")
    }

    /// Returns true for lowercase letters, digits and the hyphen, which the labels of a host name may contain.
    static func isHostByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (isLetterOrDigit(byte) && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte))
    }

    /// Returns true for bytes that the path or query of a URL may contain.
    static func isURLByte(_ byte: UInt8) -> Bool {
        isUnreserved(byte) || "%/?:@!$&'()*+,;=".utf8.contains(byte)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "-._~".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// Returns the value of a hexadecimal digit, or `nil` for any other byte.
    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
