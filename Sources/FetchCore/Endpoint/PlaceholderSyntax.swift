/// The syntax of a placeholder: `{name}`, with a name of letters, digits and underscores.
package enum PlaceholderSyntax {
    /// Returns true if the string is a valid name.
    package static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
    }

    /// Returns the name if the entire string is one placeholder, or `nil` otherwise.
    package static func name(in text: String) -> String? {
        guard text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
        let name = text.dropFirst().dropLast()
        return isName(name) ? String(name) : nil
    }

    /// Returns the names of everything in a string that looks like a placeholder, such as `{id}` or `{+id}`.
    ///
    /// Other braces, such as those of JSON, are skipped. ``PathTemplate`` and ``IDForm`` refuse them.
    package static func names(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            guard let end = part.firstIndex(of: "}") else { return nil }
            let name = part[..<end].drop { $0 == "+" }
            return isName(name) ? String(name) : nil
        }
    }
}
