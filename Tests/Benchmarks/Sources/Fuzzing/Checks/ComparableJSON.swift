import Foundation

/// JSON as `JSONSerialization` has to read it in order to agree with FetchKit: where they differ by rule, it is changed.
///
/// - `NaN`, `Infinity`, `-Infinity` and numbers without a finite `Double` become `null`.
/// - Strings that aren't Unicode become `null`, such names a name of their own, whose members are left out later.
/// - A byte order mark is dropped, and a second one, which `JSONSerialization` drops as well, is no JSON. In a string, where `JSONSerialization` drops it, it is escaped.
/// - A comma behind the last element or member, which `JSONSerialization` accepts, is doubled.
///
/// It looks at tokens alone: what is no JSON before is none afterwards.
struct ComparableJSON {
    /// The changed bytes.
    private(set) var text: [UInt8] = []
    /// How deep the brackets outside of strings are nested at the most.
    private(set) var depth = 0
    /// A limit above the number of values.
    private(set) var size = 0
    /// How many names were changed.
    private(set) var unreadableNames = 0

    /// What changed names begin with.
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

    /// Whether an object or array ends here.
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

    /// Whether its escapes are those of the standard, and no control character stands in it.
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
        // Hardly any string has one, and to look for three bytes takes much longer than for one.
        guard string.contains(byteOrderMark[0]) else { return Array(string) }
        return string.replacing(byteOrderMark, with: Array(#"\ufeff"#.utf8)).map { $0 }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isHexDigit }

    /// Whether there is neither an invalid byte nor half a surrogate pair in a well-formed string.
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
                // Any letter will do: only halves of pairs matter.
                units.append(0x61)
                continue
            }
            units.append(UInt16(String(decoding: rest.prefix(4), as: UTF16.self), radix: 16) ?? 0x61)
            rest = rest.dropFirst(4)
        }
        return String(validating: units, as: UTF16.self) != nil
    }

    // A regular expression isn't `Sendable`. It is seldom needed.
    private static var grammar: Regex<Substring> { /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?/ }
}
