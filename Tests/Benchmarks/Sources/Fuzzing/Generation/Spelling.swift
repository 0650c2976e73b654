import Foundation

/// A way in which one writer writes a key back, wholly or in part.
package enum Spelling: CaseIterable, Sendable {
    case plain, percent, percentTwice, codes, slashes, json, numbers, page

    /// The key as this writer spells it.
    package func write(_ key: String, _ dice: inout Dice) -> String {
        // What a writer must escape is up to it: all, every other character, or what isn't a letter or a digit.
        let share = dice.pick([0, 1, 3])
        var text = ""
        for byte in key.utf8 {
            let escapes = share == 0 ? !Self.isLetterOrDigit(byte) : dice.oneIn(share)
            text += escapes ? escaped(byte, &dice) : plain(byte)
        }
        return text
    }

    private func plain(_ byte: UInt8) -> String {
        let text = String(Unicode.Scalar(byte))
        // A writer that escapes anything escapes its own sign as well, or nobody could read it back.
        switch (self, text) {
        case (.percent, "%"): return "%25"
        case (.percentTwice, "%"): return "%2525"
        case (.codes, "\\"), (.slashes, "\\"), (.json, "\\"): return "\\\\"
        case (.numbers, "&"), (.page, "&"): return "&amp;"
        default: return text
        }
    }

    private func escaped(_ byte: UInt8, _ dice: inout Dice) -> String {
        let hex = String(byte, radix: 16, uppercase: dice.oneIn(2))
        switch self {
        case .plain: return plain(byte)
        case .percent: return "%" + (byte < 16 ? "0" : "") + hex
        case .percentTwice: return "%25" + (byte < 16 ? "0" : "") + hex
        case .codes: return Self.code(byte)
        case .slashes: return byte == UInt8(ascii: "/") ? "\\/" : plain(byte)
        case .json: return [UInt8(ascii: "\""), UInt8(ascii: "/")].contains(byte) ? "\\" + plain(byte) : plain(byte)
        case .numbers: return dice.oneIn(2) ? "&#\(byte);" : "&#x\(hex);"
        case .page: return Self.names[byte].map { "&\($0);" } ?? plain(byte)
        }
    }

    private static let names: [UInt8: String] = [
        UInt8(ascii: "&"): "amp", UInt8(ascii: "\""): "quot", UInt8(ascii: "<"): "lt", UInt8(ascii: ">"): "gt",
        UInt8(ascii: "'"): "apos",
    ]

    static func code(_ byte: UInt8) -> String {
        let hex = String(byte, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
