import FetchCore
import Foundation

/// Bytes and texts as they can be printed, whatever is in them.
package enum Shown {
    private static let longest = 6_000

    /// The bytes with all but printable ASCII written as codes. The middle of a long text is left out: its seed and index make
    /// it again.
    package static func bytes(_ bytes: some Collection<UInt8>) -> String {
        guard bytes.count > longest else { return escaped(bytes) }
        let half = longest / 2
        return escaped(bytes.prefix(half)) + "…(\(bytes.count - longest) bytes)…" + escaped(bytes.suffix(half))
    }

    /// The text with all but printable ASCII written as codes.
    package static func text(_ text: String) -> String { bytes(text.utf8) }

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
        let headers = response.headers.fields.map { " [\(text($0.name)): \(text($0.value))]" }.joined()
        return "HTTP \(response.status)\(headers) \(bytes(response.body))"
    }
}
