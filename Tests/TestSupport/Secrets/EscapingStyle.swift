import Foundation
import Synchronization

/// A way in which servers and libraries escape a string that they echo.
package struct EscapingStyle: Sendable, CustomStringConvertible {
    package let description: String
    package let encode: @Sendable (String) -> String

    package static let plain = Self(description: "plain") { $0 }
    package static let percent = Self(description: "percent-encoded") { percentEncoded($0, keeping: []) }
    package static let lowercasePercent = Self(description: "percent-encoded in lower case") {
        percentEncoded($0, keeping: [], format: "%%%02x")
    }
    package static let percentForURL = Self(description: "percent-encoded like in a URL") {
        percentEncoded($0, keeping: Array("-_.~/+:@!$&'()*,;=?".utf8))
    }
    package static let doublePercent = Self(description: "percent-encoded twice") { percent.encode(percent.encode($0)) }
    package static let percentOfEveryByte = Self(description: "percent-encoded byte by byte") { text in
        text.utf8.map { String(format: "%%%02X", $0) }.joined()
    }
    package static let json = Self(description: "JSON") { text in
        text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    }
    package static let jsonWithSlashes = Self(description: "JSON with escaped slashes") {
        json.encode($0).replacingOccurrences(of: "/", with: "\\/")
    }
    package static let jsonInJSON = Self(description: "JSON inside JSON") { json.encode(jsonWithSlashes.encode($0)) }
    package static let jsonWithUnicodeEscapes = Self(description: "JSON with Unicode escapes") { text in
        text.utf8.map { isPlain($0) ? String(Unicode.Scalar($0)) : String(format: "\\u%04x", $0) }.joined()
    }
    package static let html = Self(description: "HTML") { text in
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "\"", with: "&quot;")
            .replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: "'", with: "&#39;")
    }

    package static let all = [
        plain, percent, lowercasePercent, percentForURL, doublePercent, percentOfEveryByte, json, jsonWithSlashes,
        jsonInJSON, jsonWithUnicodeEscapes, html,
    ]

    /// Returns true if the text contains the key in any of the styles.
    package static func contains(_ key: String, in text: String) -> Bool {
        let bytes = Data(text.utf8)
        return encodings(of: key).contains { bytes.range(of: $0) != nil }
    }

    /// Returns the key in all styles. The result is cached because the key is searched for in thousands of strings.
    private static func encodings(of key: String) -> Set<Data> {
        cache.withLock { cache in
            if let encodings = cache[key] { return encodings }
            let encodings = Set(all.map { Data($0.encode(key).utf8) })
            cache[key] = encodings
            return encodings
        }
    }

    private static let cache = Mutex<[String: Set<Data>]>([:])

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
