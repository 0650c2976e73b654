/// Cuts the secret parts of links in strings for logs and spans.
///
/// Links of outputs are often signed: with their queries, each reader of a log could download the output.
package enum LinkRedaction {
    /// The string in place of what is cut.
    package static let mark = "[cut]"

    private static let signatureNames = [
        "x-amz-signature", "x-amz-credential", "x-amz-security-token", "awsaccesskeyid", "x-goog-signature",
        "x-goog-credential", "signature", "sig", "token", "access_token", "key-pair-id", "policy",
    ]

    /// Returns a string without the queries, fragments and passwords of its links, and without signatures.
    ///
    /// - Parameter text: A string that may contain links.
    /// - Returns: The string. A query is ``mark`` in it.
    package static func withoutQueries(_ text: String) -> String {
        guard
            text.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "%") })
        else { return text }
        return withoutSignatures(cuttingQueries(in: text))
    }

    /// Returns a string without the values of parameters that sign a link, also if they are percent-encoded. Other
    /// parameters stay, since the id of a job may be a link that differs from others only by them.
    package static func withoutSignatures(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let (separator, width) = firstSeparator(in: rest) {
            let name = rest[..<separator]
            let end = rest.index(separator, offsetBy: width)
            result += rest[..<end]
            rest = rest[end...]
            guard isSignature(name) else { continue }
            let valueEnd = rest.firstIndex(where: isEndOfValue) ?? rest.endIndex
            if valueEnd > rest.startIndex { result += mark }
            rest = rest[valueEnd...]
        }
        return result + rest
    }

    /// Returns the position and the length of the first `=`, `%3D` or `%253D`.
    private static func firstSeparator(in text: Substring) -> (Substring.Index, Int)? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == "=" { return (index, 1) }
            if text[index] == "%" {
                for encoded in ["%3d", "%253d"] where text[index...].prefix(encoded.count).lowercased() == encoded {
                    return (index, encoded.count)
                }
            }
            index = text.index(after: index)
        }
        return nil
    }

    /// Returns true if a string ends with the name of a parameter that signs a link.
    private static func isSignature(_ text: Substring) -> Bool {
        let end = text.suffix(40).lowercased()
        return signatureNames.contains { name in
            guard end.hasSuffix(name) else { return false }
            let before = end.dropLast(name.count)
            // The name is whole, or follows `&`, `?` or an encoded `%26` or `%3F`.
            return before.last.map { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" } ?? true
                || ["%26", "%2526", "%3f", "%253f"].contains { before.hasSuffix($0) }
        }
    }

    private static func isEndOfValue(_ character: Character) -> Bool {
        character == "&" || character == "\"" || character == "'" || character == "<" || character == ">"
            || character == "," || character == ";" || character == ")" || character.isWhitespace
    }

    private static func cuttingQueries(in text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let scheme = rest.firstRange(ofScheme: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let end = rest.firstIndex(where: isEndOfLink) ?? rest.endIndex
            result += cut(rest[..<end])
            rest = rest[end...]
        }
        return result + rest
    }

    /// Returns a link, without its scheme, without user, password, query and fragment.
    private static func cut(_ link: Substring) -> String {
        let pathStart = link.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? link.endIndex
        let host = link[..<pathStart].lastIndex(of: "@").map { link[link.index(after: $0)..<pathStart] }
        let path = link[pathStart...]
        guard let query = path.firstIndex(where: { $0 == "?" || $0 == "#" }) else {
            return "\(host ?? link[..<pathStart])\(path)"
        }
        return "\(host ?? link[..<pathStart])\(path[..<query])\(path[query])\(mark)"
    }

    private static func isEndOfLink(_ character: Character) -> Bool {
        character.isWhitespace || character == "\"" || character == "<" || character == ">" || character == "`"
            || character == "\\"
    }
}

extension Substring {
    /// Returns the range of the first occurrence of a string of ASCII characters.
    fileprivate func firstRange(ofScheme separator: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(separator) {
                return index..<self.index(index, offsetBy: separator.count)
            }
            index = self.index(after: index)
        }
        return nil
    }
}
