/// The part of a URL after the base URL, with placeholders for the id: `video/fetch/{id}`.
///
/// | placeholder | replaced by |
/// |---|---|
/// | `{id}` | the value, percent-encoded as one path segment, including slashes |
/// | `{+id}` | the value with its slashes, and each segment percent-encoded, for ids that are paths: `operations/a/b` |
///
/// A placeholder may also be part of a query: `query/video?task_id={id}`. Names other than `id` are defined by the
/// endpoint's ``FetchEndpoint/idForm``. If the body contains the id, the template needs no placeholder.
///
/// A literal isn't validated when it is created: registering or polling an endpoint with a malformed template throws.
public struct PathTemplate: Sendable, Hashable {
    /// The template as it was written.
    public let rawValue: String

    /// The parsed template, for reuse in all requests. `nil` if it is malformed.
    private let knownParts: [TemplatePart]?

    /// Creates a template from a string that comes from outside, and validates it.
    ///
    /// - Parameter text: A relative path. A leading slash is ignored.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if a placeholder is malformed, if
    ///   the path has a scheme and a host, or if it contains a character or percent escape that is invalid in a URL.
    public init(_ text: String) throws(FetchError) {
        rawValue = text
        knownParts = try Self.parts(of: text)
    }

    /// Returns the parsed template without a leading slash.
    func parts() throws(FetchError) -> [TemplatePart] {
        if let knownParts { return knownParts }
        return try Self.parts(of: rawValue)
    }

    private static func parts(of text: String) throws(FetchError) -> [TemplatePart] {
        func malformed(_ problem: String) -> FetchError {
            .malformedTemplate(text, "a path template", because: problem)
        }
        guard !text.hasScheme else {
            // The error doesn't repeat the string: a URL may contain a password.
            throw FetchError(
                .malformedEndpoint,
                "a path template must not have a scheme and a host",
                remedy: "Write only what follows the base URL, such as videos/{id}. A URL from a response is a "
                    + "PollingURL, or the target .url(_:) of a follow-up."
            )
        }
        let relative = text.hasPrefix("/") ? String(text.dropFirst()) : text
        let parts = try TemplatePart.parts(of: relative, what: "a path template")
        for case .literal(let literal) in parts {
            if let character = literal.first(where: { !$0.utf8.allSatisfy(PercentEncoding.isURLByte) }) {
                throw malformed("it contains \(Excerpt(String(character))), which is invalid in a URL")
            }
            guard PercentEncoding.decode(literal) != nil else {
                throw malformed("it contains an invalid percent escape")
            }
        }
        return parts
    }

    /// Returns true if the template has a placeholder.
    func hasPlaceholder() throws(FetchError) -> Bool { try parts().contains(where: \.isPlaceholder) }

    /// Returns true if the query has an item of that name, in any percent-encoding.
    package func hasQueryItem(named name: String) -> Bool {
        let halves = rawValue.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = halves.dropFirst().first ?? ""
        return query.split(separator: "&").contains { item in
            let written = String(item.prefix { $0 != "=" })
            return (PercentEncoding.decode(written) ?? written) == name
        }
    }
}

extension PathTemplate: RawRepresentable {
    /// Creates a template from a string, or `nil` if a placeholder is malformed or a character is invalid in a URL.
    public init?(rawValue: String) {
        guard let template = try? Self(rawValue) else { return nil }
        self = template
    }
}

extension PathTemplate: ExpressibleByStringLiteral {
    /// Creates a template from a literal, which is validated when its endpoint is registered or polled.
    public init(stringLiteral text: String) {
        rawValue = text
        knownParts = try? Self.parts(of: text)
    }
}

extension PathTemplate: CustomStringConvertible {
    /// The template as it was written.
    public var description: String { rawValue }
}

extension String {
    /// True if the string begins like an absolute URL: `https://`.
    fileprivate var hasScheme: Bool {
        let scheme = utf8.prefix { ASCII.isLetterOrDigit($0) || "+-.".utf8.contains($0) }
        return !scheme.isEmpty && utf8.dropFirst(scheme.count).starts(with: "://".utf8)
    }
}
