/// The part of a URL after the base, with places for the id: `video/fetch/{id}`.
///
/// | written | the value stands there |
/// |---|---|
/// | `{id}` | percent-encoded as one segment: a slash in it can't make two |
/// | `{+id}` | with its slashes, for ids that are paths: `operations/a/b` |
///
/// Places may also stand in a query: `query/video?task_id={id}`. Names other than `id` are those of the endpoint's
/// ``FetchEndpoint/idForm``. Where the request's body carries the id, the template has no place at all.
///
/// A literal isn't checked when it is written; a malformed template is refused when its endpoint is registered or asked.
public struct PathTemplate: Sendable, Hashable {
    /// The template as it was written.
    public let text: String

    /// The template taken apart, once for all requests; nil where it is malformed.
    private let knownParts: [TemplatePart]?

    /// Creates a template from text that may come from anywhere.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint``.
    public init(_ text: String) throws(FetchError) {
        self.text = text
        knownParts = try Self.parts(of: text)
    }

    /// The template taken apart. A slash at its beginning is of no meaning.
    func parts() throws(FetchError) -> [TemplatePart] {
        if let knownParts { return knownParts }
        return try Self.parts(of: text)
    }

    private static func parts(of text: String) throws(FetchError) -> [TemplatePart] {
        func malformed(_ flaw: String) -> FetchError { .malformedTemplate(text, "a path template", because: flaw) }
        let relative = text.hasPrefix("/") ? String(text.dropFirst()) : text
        let parts = try TemplatePart.parts(of: relative, what: "a path template")
        for case .literal(let literal) in parts {
            if let character = literal.first(where: { !$0.utf8.allSatisfy(PercentEncoding.isURLByte) }) {
                throw malformed("it holds \(Excerpt(String(character))), which a URL can't")
            }
            guard PercentEncoding.decode(literal) != nil else {
                throw malformed("a percent sign in it doesn't begin an encoded character")
            }
        }
        return parts
    }

    /// Whether the id has a place in the template.
    func hasPlace() throws(FetchError) -> Bool { try parts().contains(where: \.isPlace) }

    /// Whether its query has an item of that name, however it is encoded.
    package func hasQueryItem(named name: String) -> Bool {
        let query = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first ?? ""
        return query.split(separator: "&").contains { item in
            let written = String(item.prefix { $0 != "=" })
            return (PercentEncoding.decode(written) ?? written) == name
        }
    }
}

extension PathTemplate: ExpressibleByStringLiteral {
    /// Creates a template from a literal, which is checked when its endpoint is registered or asked.
    public init(stringLiteral text: String) {
        self.text = text
        knownParts = try? Self.parts(of: text)
    }
}

extension PathTemplate: CustomStringConvertible {
    /// The template as it was written.
    public var description: String { text }
}
