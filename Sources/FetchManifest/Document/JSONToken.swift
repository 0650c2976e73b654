#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Functions that decode and validate single JSON tokens.
enum JSONToken {
    /// Returns the content of a string token. A string with invalid escapes is returned unchanged.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let raw = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "\\")) else { return raw }
        return (try? JSONDecoder().decode(String.self, from: Data(bytes))) ?? raw
    }

    /// Returns true if the token is a number, `true`, `false` or `null`.
    static func isScalar(_ bytes: ArraySlice<UInt8>) -> Bool {
        literals.contains { $0.elementsEqual(bytes) } || isNumber(bytes)
    }

    private static let literals = ["true", "false", "null"].map { Array($0.utf8) }

    /// Returns true if the token is a number by the grammar of RFC 8259, section 6.
    private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let count = removeDigits(&rest)
        guard count == 1 || (count > 1 && bytes[rest.startIndex - count] != UInt8(ascii: "0")) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard removeDigits(&rest) > 0 else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard removeDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// Removes leading digits and returns their number.
    private static func removeDigits(_ bytes: inout ArraySlice<UInt8>) -> Int {
        let rest = bytes.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let count = bytes.count - rest.count
        bytes = rest
        return count
    }
}
