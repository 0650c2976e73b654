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
        words.contains { $0.elementsEqual(bytes) } || isNumber(bytes)
    }

    private static let words = ["true", "false", "null"].map { Array($0.utf8) }

    /// RFC 8259, section 6.
    private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let whole = digits(&rest)
        guard whole == 1 || (whole > 1 && bytes[rest.startIndex - whole] != UInt8(ascii: "0")) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard digits(&rest) > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard digits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// Takes the digits from the beginning, and says how many there were.
    private static func digits(_ bytes: inout ArraySlice<UInt8>) -> Int {
        let rest = bytes.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let count = bytes.count - rest.count
        bytes = rest
        return count
    }
}
