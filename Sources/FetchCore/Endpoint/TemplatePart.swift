/// A piece of a ``PathTemplate`` or an ``IDForm``.
enum TemplatePart: Sendable, Hashable {
    case literal(String)
    case place(name: String, keepsSlashes: Bool)

    /// Takes a template apart.
    ///
    /// - Parameter what: What an error calls it.
    static func parts(of text: String, what: String) throws(FetchError) -> [Self] {
        var parts: [Self] = []
        var rest = text[...]
        func malformed(_ flaw: String) -> FetchError { .malformedTemplate(text, what, because: flaw) }
        while let opening = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[opening] == "{", let closing = rest[opening...].firstIndex(of: "}") else {
                throw malformed("a brace has no partner")
            }
            if opening > rest.startIndex { parts.append(.literal(String(rest[..<opening]))) }
            let place = rest[rest.index(after: opening)..<closing]
            let name = place.hasPrefix("+") ? place.dropFirst() : place
            guard !name.isEmpty, name.utf8.allSatisfy(PercentEncoding.isNameByte) else {
                throw malformed("\(Excerpt("{\(place)}")) is not a place: write {id}, or {+id} to keep slashes")
            }
            parts.append(.place(name: String(name), keepsSlashes: place.hasPrefix("+")))
            rest = rest[rest.index(after: closing)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        return parts
    }
}

extension FetchError {
    static func malformedTemplate(_ text: String, _ what: String, because flaw: String) -> Self {
        Self(.malformedEndpoint, "\(Excerpt(text)) is not \(what): \(flaw)")
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

extension RandomAccessCollection<TemplatePart> {
    /// The values that stand in the places of a text, or nil where it doesn't fit.
    ///
    /// No place is empty, and a name that has several places has the same value in all of them.
    ///
    /// - Parameter read: The value behind what stands in a place, nil where it can't stand there.
    func values(
        in text: Substring,
        known: [String: String] = [:],
        read: (_ text: Substring, _ keepsSlashes: Bool) -> String?
    ) -> [String: String]? {
        guard let part = first else { return text.isEmpty ? known : nil }
        let further = dropFirst()
        switch part {
        case .literal(let literal):
            guard text.hasPrefix(literal) else { return nil }
            return further.values(in: text.dropFirst(literal.count), known: known, read: read)
        case .place(let name, let keepsSlashes):
            // The literal behind a place may stand inside the value as well, so each of its occurrences is tried.
            for end in Self.ends(of: text, before: further.first) where end > text.startIndex {
                guard let value = read(text[..<end], keepsSlashes) else { continue }
                var known = known
                guard known.updateValue(value, forKey: name) ?? value == value else { continue }
                if let all = further.values(in: text[end...], known: known, read: read) { return all }
            }
            return nil
        }
    }

    private static func ends(of text: Substring, before next: TemplatePart?) -> [Substring.Index] {
        guard case .literal(let literal) = next else { return [text.endIndex] }
        return text.ranges(of: literal).map(\.lowerBound)
    }
}
