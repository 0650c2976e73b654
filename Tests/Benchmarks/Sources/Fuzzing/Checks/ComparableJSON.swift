import Foundation

/// JSON that is normalised so that `JSONSerialization` reads it as FetchKit reads the original.
///
/// - `NaN`, `Infinity`, `-Infinity` and numbers without a finite `Double` become `null`.
/// - Strings that aren't valid Unicode become `null`. Such names become unique names, whose members are ignored later.
/// - A byte order mark at the start is dropped. A second one, which `JSONSerialization` drops too, makes the JSON
///   invalid. One in a string, which `JSONSerialization` would drop, is escaped.
/// - A trailing comma, which `JSONSerialization` accepts, is duplicated to make the JSON invalid.
///
/// The normalisation works on tokens, so invalid JSON stays invalid.
struct ComparableJSON {
    /// The normalised bytes.
    private(set) var text: [UInt8] = []
    /// The maximum nesting depth of brackets outside of strings.
    private(set) var depth = 0
    /// An upper bound on the number of values.
    private(set) var size = 0
    /// The number of replaced names.
    private(set) var unreadableNames = 0

    /// The prefix of replaced names.
    static let unreadableName = "\u{1}unreadable"

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        if rest.starts(with: Self.byteOrderMark) { rest = rest.dropFirst(3) }
        if rest.starts(with: Self.byteOrderMark) { text.append(UInt8(ascii: "!")) }
        var level = 0
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "\""): takeString(&rest)
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "I"), UInt8(ascii: "N"):
                takeNumber(&rest)
            default:
                if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { level += 1 }
                if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { level -= 1 }
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { size += 1 }
                depth = max(depth, level)
                text.append(byte)
                rest = rest.dropFirst()
                if byte == UInt8(ascii: ","), Self.isEnd(rest) { text.append(byte) }
            }
        }
    }

    /// Returns true if the next token ends an object or array.
    private static func isEnd(_ rest: ArraySlice<UInt8>) -> Bool {
        let next = rest.first { !" \t\r\n".utf8.contains($0) }
        return next == UInt8(ascii: "]") || next == UInt8(ascii: "}")
    }

    private mutating func takeNumber(_ rest: inout ArraySlice<UInt8>) {
        for word in ["NaN", "Infinity", "-Infinity"] where rest.starts(with: word.utf8) {
            rest = rest.dropFirst(word.utf8.count)
            text += "null".utf8
            return
        }
        let token = rest.prefix { "+-.0123456789eE".utf8.contains($0) }
        guard !token.isEmpty else {
            text += rest.prefix(1)
            rest = rest.dropFirst()
            return
        }
        rest = rest.dropFirst(token.count)
        let written = String(decoding: token, as: UTF8.self)
        let isInfinite = Double(written)?.isFinite == false && written.wholeMatch(of: Self.grammar) != nil
        text += isInfinite ? Array("null".utf8) : Array(token)
    }

    private mutating func takeString(_ rest: inout ArraySlice<UInt8>) {
        var end = rest.startIndex + 1
        while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") { end += rest[end] == UInt8(ascii: "\\") ? 2 : 1 }
        guard end < rest.endIndex else {
            text += rest
            rest = []
            return
        }
        let string = rest[...end]
        rest = rest[(end + 1)...]
        guard Self.isWellFormed(string) else {
            text += string
            return
        }
        guard !Self.isUnicode(string) else {
            text += Self.escapingMarks(in: string)
            return
        }
        if rest.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: ":") {
            text += "\"\\u0001unreadable\(unreadableNames)\"".utf8
            unreadableNames += 1
        } else {
            text += "null".utf8
        }
    }

    /// Returns true if a string has only valid escapes and no control characters.
    private static func isWellFormed(_ string: ArraySlice<UInt8>) -> Bool {
        var rest = string.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            if byte < 0x20 { return false }
            guard byte == UInt8(ascii: "\\") else { continue }
            guard let letter = rest.popFirst(), "\"\\/bfnrtu".utf8.contains(letter) else { return false }
            guard letter == UInt8(ascii: "u") else { continue }
            guard rest.count >= 4, rest.prefix(4).allSatisfy(isHexDigit) else { return false }
            rest = rest.dropFirst(4)
        }
        return true
    }

    private static func escapingMarks(in string: ArraySlice<UInt8>) -> [UInt8] {
        // Few strings contain a mark, and a search for one byte is much faster than one for three.
        guard string.contains(byteOrderMark[0]) else { return Array(string) }
        return string.replacing(byteOrderMark, with: Array(#"\ufeff"#.utf8)).map { $0 }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isHexDigit }

    /// Returns true if a well-formed string has no invalid bytes and no unpaired surrogates.
    private static func isUnicode(_ string: ArraySlice<UInt8>) -> Bool {
        guard let text = String(validating: string, as: UTF8.self) else { return false }
        guard string.contains(UInt8(ascii: "\\")) else { return true }
        var units: [UInt16] = []
        var rest = text.utf16.dropFirst().dropLast()
        while let unit = rest.popFirst() {
            guard unit == 0x5C, let letter = rest.popFirst() else {
                units.append(unit)
                continue
            }
            guard letter == 0x75 else {
                // The value of other escapes doesn't matter, since only surrogates are checked.
                units.append(0x61)
                continue
            }
            units.append(UInt16(String(decoding: rest.prefix(4), as: UTF16.self), radix: 16) ?? 0x61)
            rest = rest.dropFirst(4)
        }
        return String(validating: units, as: UTF16.self) != nil
    }

    // Not stored, since `Regex` isn't `Sendable`. It is rarely used.
    private static var grammar: Regex<Substring> { /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?/ }
}
