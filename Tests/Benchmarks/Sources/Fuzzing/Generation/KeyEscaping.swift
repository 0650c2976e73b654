import Foundation

/// An escaping with which a server echoes a key.
package enum KeyEscaping: CaseIterable, Sendable {
    case plain, percent, percentTwice, unicode, slashes, json, numericEntities, namedEntities

    /// Returns the escaped key.
    package func escape(_ key: String, _ random: inout SeededRandom) -> String {
        // Escapes all characters, a third of them, or only those that aren't letters or digits.
        let share = random.pick([0, 1, 3])
        var text = ""
        for byte in key.utf8 {
            let escapes = share == 0 ? !Self.isLetterOrDigit(byte) : random.oneIn(share)
            text += escapes ? escaped(byte, &random) : plain(byte)
        }
        return text
    }

    private func plain(_ byte: UInt8) -> String {
        let text = String(Unicode.Scalar(byte))
        // The escape character itself is always escaped, so that the result can be decoded.
        switch (self, text) {
        case (.percent, "%"): return "%25"
        case (.percentTwice, "%"): return "%2525"
        case (.unicode, "\\"), (.slashes, "\\"), (.json, "\\"): return "\\\\"
        case (.numericEntities, "&"), (.namedEntities, "&"): return "&amp;"
        default: return text
        }
    }

    private func escaped(_ byte: UInt8, _ random: inout SeededRandom) -> String {
        let hex = String(byte, radix: 16, uppercase: random.oneIn(2))
        switch self {
        case .plain: return plain(byte)
        case .percent: return "%" + (byte < 16 ? "0" : "") + hex
        case .percentTwice: return "%25" + (byte < 16 ? "0" : "") + hex
        case .unicode: return Self.unicodeEscape(byte)
        case .slashes: return byte == UInt8(ascii: "/") ? "\\/" : plain(byte)
        case .json: return [UInt8(ascii: "\""), UInt8(ascii: "/")].contains(byte) ? "\\" + plain(byte) : plain(byte)
        case .numericEntities: return random.oneIn(2) ? "&#\(byte);" : "&#x\(hex);"
        case .namedEntities: return Self.names[byte].map { "&\($0);" } ?? plain(byte)
        }
    }

    private static let names: [UInt8: String] = [
        UInt8(ascii: "&"): "amp", UInt8(ascii: "\""): "quot", UInt8(ascii: "<"): "lt", UInt8(ascii: ">"): "gt",
        UInt8(ascii: "'"): "apos",
    ]

    static func unicodeEscape(_ byte: UInt8) -> String {
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
