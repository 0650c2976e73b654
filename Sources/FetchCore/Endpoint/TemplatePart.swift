/// A parsed part of a ``PathTemplate`` or ``IDForm``.
enum TemplatePart: Sendable, Hashable {
    case literal(String)
    /// A placeholder: `{name}`, or `{+name}` if it keeps slashes.
    case placeholder(name: String, keepsSlashes: Bool)

    var isPlaceholder: Bool {
        if case .placeholder = self { true } else { false }
    }

    /// Parses a template.
    ///
    /// - Parameters:
    ///   - text: The template.
    ///   - what: The kind of template for error messages, with an article: "a path template".
    /// - Returns: The literals and placeholders in order. No literal is empty.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint``.
    static func parts(of text: String, what: String) throws(FetchError) -> [Self] {
        var parts: [Self] = []
        var rest = text[...]
        var count = 0
        func malformed(_ problem: String) -> FetchError { .malformedTemplate(text, what, because: problem) }
        while let opening = rest.utf8.firstIndex(where: { $0 == openingBrace || $0 == closingBrace }) {
            guard rest.utf8[opening] == openingBrace, let closing = rest[opening...].utf8.firstIndex(of: closingBrace)
            else { throw malformed("it has an unmatched brace") }
            if opening > rest.startIndex { parts.append(.literal(String(rest[..<opening]))) }
            let placeholder = rest[rest.utf8.index(after: opening)..<closing]
            let keepsSlashes = placeholder.utf8.first == UInt8(ascii: "+")
            let name = String(keepsSlashes ? placeholder.dropFirst() : placeholder)
            guard PlaceholderSyntax.isName(name) else {
                throw malformed(
                    "\(Excerpt("{\(placeholder)}")) is not a placeholder: write {id}, or {+id} to keep slashes"
                )
            }
            parts.append(.placeholder(name: name, keepsSlashes: keepsSlashes))
            count += 1
            guard count <= maximumPlaceholders else {
                throw malformed("it has more than \(maximumPlaceholders) placeholders")
            }
            rest = rest[rest.utf8.index(after: closing)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        return parts
    }

    /// The maximum number of placeholders in a template. It exceeds that of any provider's URL, and bounds the time of
    /// matching and the search for a value by its name.
    private static let maximumPlaceholders = 32

    private static let openingBrace = UInt8(ascii: "{")
    private static let closingBrace = UInt8(ascii: "}")
}

extension FetchError {
    static func malformedTemplate(_ text: String, _ what: String, because problem: String) -> Self {
        Self(.malformedEndpoint, "\(Excerpt(text.withoutQueryValues)) is not \(what): \(problem)")
    }
}

extension String {
    /// The template with the literal values of its query omitted, since a value may be a key.
    var withoutQueryValues: String {
        guard let mark = firstIndex(of: "?") else { return self }
        let items = self[index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false).map { item in
            guard !item.isEmpty, !item.contains("{") else { return String(item) }
            return item.firstIndex(of: "=").map { "\(item[...$0])…" } ?? "…"
        }
        return self[...mark] + items.joined(separator: "&")
    }
}

extension Sequence<TemplatePart> {
    /// The names of the placeholders in order, with repetitions.
    var placeholderNames: [String] {
        compactMap { part in
            if case .placeholder(let name, _) = part { name } else { nil }
        }
    }
}
