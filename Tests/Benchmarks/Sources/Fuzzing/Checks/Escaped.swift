import FetchCore
import Foundation

/// Printable representations of bytes, strings and responses.
package enum Escaped {
    private static let maximumBytes = 6_000

    /// Returns the bytes as ASCII, with other bytes and unprintable ones as hexadecimal escapes. Omits the middle of
    /// long input.
    package static func bytes(_ bytes: some Collection<UInt8>) -> String {
        guard bytes.count > maximumBytes else { return escaped(bytes) }
        let half = maximumBytes / 2
        return escaped(bytes.prefix(half)) + "…(\(bytes.count - maximumBytes) bytes)…" + escaped(bytes.suffix(half))
    }

    /// Returns a string's UTF-8 bytes as ASCII with hexadecimal escapes.
    package static func string(_ string: String) -> String { bytes(string.utf8) }

    private static func escaped(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        for byte in bytes {
            if (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return text
    }

    static func response(_ response: FetchResponse) -> String {
        let headers = response.headers.fields.map { " [\(string($0.name)): \(string($0.value))]" }.joined()
        return "HTTP \(response.status)\(headers) \(bytes(response.body))"
    }
}
