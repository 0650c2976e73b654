#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Single texts of JSON, read by the toolchain's parser.
enum JSONText {
    /// The text of a string in quotation marks; as it is written, where its escapes are none.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let written = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "\\")) else { return written }
        return (try? JSONDecoder().decode(String.self, from: Data(bytes))) ?? written
    }

    /// Whether this is a number, `true`, `false` or `null`.
    static func isScalar(_ bytes: ArraySlice<UInt8>) -> Bool {
        if ["true", "false", "null"].contains(String(decoding: bytes, as: UTF8.self)) { return true }
        return (try? JSONDecoder().decode(Double.self, from: Data(bytes))) != nil
    }
}
