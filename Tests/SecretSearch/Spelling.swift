import Foundation
import Synchronization

/// A way in which servers and libraries write a text back.
package struct Spelling: Sendable, CustomStringConvertible {
    package let description: String
    package let write: @Sendable (String) -> String

    package static let plain = Self(description: "plain") { $0 }
    package static let percent = Self(description: "percent-encoded") { percentEncoded($0, keeping: []) }
    package static let smallPercent = Self(description: "percent-encoded in small letters") {
        percentEncoded($0, keeping: [], format: "%%%02x")
    }
    package static let partlyPercent = Self(description: "percent-encoded as a URL needs it") {
        percentEncoded($0, keeping: Array("-_.~/+:@!$&'()*,;=?".utf8))
    }
    package static let twicePercent = Self(description: "percent-encoded twice") { percent.write(percent.write($0)) }
    package static let everyPercent = Self(description: "percent-encoded byte by byte") { text in
        text.utf8.map { String(format: "%%%02X", $0) }.joined()
    }
    package static let json = Self(description: "JSON") { text in
        text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    }
    package static let jsonWithSlashes = Self(description: "JSON with escaped slashes") {
        json.write($0).replacingOccurrences(of: "/", with: "\\/")
    }
    package static let jsonInJSON = Self(description: "JSON inside JSON") { json.write(jsonWithSlashes.write($0)) }
    package static let jsonWithCodes = Self(description: "JSON with codes") { text in
        text.utf8.map { isPlain($0) ? String(Unicode.Scalar($0)) : String(format: "\\u%04x", $0) }.joined()
    }
    package static let page = Self(description: "a page") { text in
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "\"", with: "&quot;")
            .replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: "'", with: "&#39;")
    }

    package static let all = [
        plain, percent, smallPercent, partlyPercent, twicePercent, everyPercent, json, jsonWithSlashes, jsonInJSON,
        jsonWithCodes, page,
    ]

    /// Whether the key stands in a text, in any of the spellings.
    package static func shows(_ key: String, in text: String) -> Bool {
        let bytes = Data(text.utf8)
        return spelled(key).contains { bytes.range(of: $0) != nil }
    }

    /// A key in all spellings, written once for each key: it is looked for in thousands of texts.
    private static func spelled(_ key: String) -> Set<Data> {
        known.withLock { known in
            if let spelled = known[key] { return spelled }
            let spelled = Set(all.map { Data($0.write(key).utf8) })
            known[key] = spelled
            return spelled
        }
    }

    private static let known = Mutex<[String: Set<Data>]>([:])

    private static func percentEncoded(_ text: String, keeping kept: [UInt8], format: String = "%%%02X") -> String {
        text.utf8.map { byte in
            isPlain(byte) || kept.contains(byte) ? String(Unicode.Scalar(byte)) : String(format: format, byte)
        }.joined()
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        let scalar = Unicode.Scalar(byte)
        return scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            || "-_.~".unicodeScalars.contains(scalar)
    }
}
