#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// Functions that decode and validate single JSON tokens.
enum JSONToken {
    /// Returns the content of a string token. A string with invalid escapes is returned unchanged.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let raw = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "\\")) else { return raw }
        return (try? JSONDecoder().decode(String.self, from: Data(bytes))) ?? raw
    }

    /// Returns true if the token is a number, `true`, `false` or `null`. It contains no delimiter of ``JSONSyntax``.
    static func isScalar(_ bytes: ArraySlice<UInt8>) -> Bool {
        // The parser skips a byte order mark, which may only begin a document.
        bytes.first != 0xEF && JSONValue.isValid(bytes)
    }
}
