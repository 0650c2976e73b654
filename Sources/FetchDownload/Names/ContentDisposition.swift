import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The file names of a `Content-Disposition` header ([RFC 6266](https://www.rfc-editor.org/rfc/rfc6266)).
///
/// Any string can be read. Parameters that are malformed are skipped, and of several with the same name, the first
/// counts.
package struct ContentDisposition: Sendable, Hashable {
    /// The value of `filename*`, decoded ([RFC 8187](https://www.rfc-editor.org/rfc/rfc8187)). `nil` if there is none,
    /// or if it is malformed or in another encoding than UTF-8 and ISO 8859-1.
    package private(set) var extendedFileName: String?

    /// The value of `filename` without quotation marks. `nil` if there is none.
    package private(set) var fileName: String?

    /// Reads a header value. Only its first 8,192 bytes count.
    package init(_ value: String) {
        var rest = Array(value.utf8.prefix(8_192))[...]
        while !rest.isEmpty {
            let name = Self.takeName(&rest)
            guard rest.first == UInt8(ascii: "=") else {
                // The type, such as `attachment`, or what no parameter can be read from.
                Self.skipParameter(&rest)
                continue
            }
            rest.removeFirst()
            let text = Self.takeValue(&rest)
            Self.skipParameter(&rest)
            switch name {
            case "filename": fileName = fileName ?? text
            case "filename*": extendedFileName = extendedFileName ?? Self.decoded(text)
            default: break
            }
        }
    }

    /// Removes a name and the white space around it.
    private static func takeName(_ rest: inout ArraySlice<UInt8>) -> String {
        skipSpace(&rest)
        let name = rest.prefix { HeaderSyntax.isTokenByte($0) }
        rest = rest.dropFirst(name.count)
        skipSpace(&rest)
        return String(decoding: name, as: UTF8.self).lowercased()
    }

    /// Removes a token or a quoted string.
    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String {
        skipSpace(&rest)
        guard rest.first == UInt8(ascii: "\"") else {
            // Many servers send names with spaces without quotation marks.
            let token = rest.prefix { $0 != UInt8(ascii: ";") }
            rest = rest.dropFirst(token.count)
            return String(decoding: token, as: UTF8.self).trimmingSpace
        }
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            // Servers of Windows send paths without escaping the backslash, so it escapes only what it has to.
            if byte == UInt8(ascii: "\\"), let next = rest.first, "\"\\".utf8.contains(next) {
                bytes.append(next)
                rest.removeFirst()
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Removes everything up to the next semicolon, and the semicolon.
    private static func skipParameter(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { $0 != UInt8(ascii: ";") }.dropFirst()
    }

    private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// Returns the text of an extended value, such as `UTF-8'en'%e2%82%ac.png`.
    private static func decoded(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        switch parts[0].lowercased() {
        case "utf-8": return PercentEncoding.decode(parts[2])
        case "iso-8859-1": return latin(parts[2])
        default: return nil
        }
    }

    /// Returns the text of percent-encoded bytes of ISO 8859-1, each of which is the scalar of that number.
    private static func latin(_ text: Substring) -> String? {
        var result = String.UnicodeScalarView()
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(Unicode.Scalar(byte))
                continue
            }
            guard
                let high = rest.popFirst().flatMap(ASCII.hexadecimalValue),
                let low = rest.popFirst().flatMap(ASCII.hexadecimalValue)
            else { return nil }
            result.append(Unicode.Scalar(high << 4 | low))
        }
        return String(result)
    }
}

extension String {
    /// The string without spaces and tabs at both ends.
    var trimmingSpace: String {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
        let start = unicodeScalars.drop(while: isSpace)
        return String(Substring(start.prefix(start.reversed().drop(while: isSpace).count)))
    }
}
