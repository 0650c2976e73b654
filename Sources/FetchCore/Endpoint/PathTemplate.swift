/// The part of a URL after the base, with places for the id: `video/fetch/{id}`.
///
/// | written | the value stands there |
/// |---|---|
/// | `{id}` | percent-encoded as one segment: a slash in it can't make two |
/// | `{+id}` | with its slashes, for ids that are paths: `operations/a/b` |
///
/// Places may also stand in a query: `query/video?task_id={id}`. Names other than `id` are those of the id type's
/// ``FetchID/templateValues``. Where the request's body carries the id, the template has no place at all.
///
/// A literal isn't checked when it is written; a malformed template is refused when its endpoint is registered or asked.
public struct PathTemplate: Sendable, Hashable {
    /// The template as it was written.
    public let text: String

    /// Creates a template from text that may come from anywhere.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint``.
    public init(_ text: String) throws(FetchError) {
        self.text = text
        _ = try parts()
    }

    enum Part: Sendable, Hashable {
        case literal(String)
        case place(name: String, keepsSlashes: Bool)
    }

    /// The template taken apart. A slash at its beginning is of no meaning.
    func parts() throws(FetchError) -> [Part] {
        var parts: [Part] = []
        var rest = text[...]
        if rest.first == "/" { rest.removeFirst() }
        while let opening = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[opening] == "{", let closing = rest[opening...].firstIndex(of: "}") else {
                throw malformed("a brace has no partner")
            }
            if opening > rest.startIndex { parts.append(.literal(try literal(rest[..<opening]))) }
            parts.append(try place(rest[rest.index(after: opening)..<closing]))
            rest = rest[rest.index(after: closing)...]
        }
        if !rest.isEmpty { parts.append(.literal(try literal(rest))) }
        return parts
    }

    /// Whether the id has a place in the template.
    func hasPlace() throws(FetchError) -> Bool {
        try parts().contains { if case .place = $0 { true } else { false } }
    }

    private func place(_ text: Substring) throws(FetchError) -> Part {
        let keepsSlashes = text.hasPrefix("+")
        let name = keepsSlashes ? text.dropFirst() : text
        guard !name.isEmpty, name.utf8.allSatisfy(PercentEncoding.isNameByte) else {
            throw malformed("\(Excerpt("{\(text)}")) is not a place: write {id}, or {+id} to keep slashes")
        }
        return .place(name: String(name), keepsSlashes: keepsSlashes)
    }

    private func literal(_ text: Substring) throws(FetchError) -> String {
        guard text.utf8.allSatisfy(PercentEncoding.isURLByte) else {
            throw malformed("\(Excerpt(text)) holds a character that a URL can't")
        }
        guard PercentEncoding.decode(text) != nil else {
            throw malformed("a percent sign in \(Excerpt(text)) doesn't begin an encoded character")
        }
        return String(text)
    }

    private func malformed(_ flaw: String) -> FetchError {
        FetchError(.malformedEndpoint, "\(Excerpt(self.text)) is not a path template: \(flaw)")
    }
}

extension PathTemplate: ExpressibleByStringLiteral {
    /// Creates a template from a literal, which is checked when its endpoint is registered or asked.
    public init(stringLiteral text: String) {
        self.text = text
    }
}

extension PathTemplate: CustomStringConvertible {
    /// The template as it was written.
    public var description: String { text }
}
