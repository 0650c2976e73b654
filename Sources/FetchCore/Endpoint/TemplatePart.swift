/// A piece of a ``PathTemplate`` or an ``IDForm``.
enum TemplatePart: Sendable, Hashable {
    case literal(String)
    case place(name: String, keepsSlashes: Bool)

    var isPlace: Bool {
        if case .place = self { true } else { false }
    }

    /// Takes a template apart.
    ///
    /// - Parameter what: What an error calls it.
    static func parts(of text: String, what: String) throws(FetchError) -> [Self] {
        var parts: [Self] = []
        var rest = text[...]
        func malformed(_ flaw: String) -> FetchError { .malformedTemplate(text, what, because: flaw) }
        while let opening = rest.utf8.firstIndex(where: { $0 == openingBrace || $0 == closingBrace }) {
            guard rest.utf8[opening] == openingBrace, let closing = rest[opening...].utf8.firstIndex(of: closingBrace)
            else { throw malformed("a brace has no partner") }
            if opening > rest.startIndex { parts.append(.literal(String(rest[..<opening]))) }
            let place = rest[rest.utf8.index(after: opening)..<closing]
            let keepsSlashes = place.utf8.first == UInt8(ascii: "+")
            let name = String(keepsSlashes ? place.dropFirst() : place)
            guard !name.isEmpty, name.utf8.allSatisfy(PercentEncoding.isNameByte) else {
                throw malformed("\(Excerpt("{\(place)}")) is not a place: write {id}, or {+id} to keep slashes")
            }
            parts.append(.place(name: name, keepsSlashes: keepsSlashes))
            rest = rest[rest.utf8.index(after: closing)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        return parts
    }

    private static let openingBrace = UInt8(ascii: "{")
    private static let closingBrace = UInt8(ascii: "}")
}

extension FetchError {
    static func malformedTemplate(_ text: String, _ what: String, because flaw: String) -> Self {
        Self(.malformedEndpoint, "\(Excerpt(text.withoutQueryValues)) is not \(what): \(flaw)")
    }
}

extension String {
    /// The template without the fixed values of its query: somebody may have written a key there.
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
    /// The names of the places, in order.
    var placeNames: [String] {
        compactMap { part in
            if case .place(let name, _) = part { name } else { nil }
        }
    }
}
