/// A pattern of URLs: the literal text before the first placeholder of a path template, and a matcher for the rest.
struct URLPattern: Sendable {
    /// The literal text before the first placeholder.
    let prefix: [UInt8]

    private let matcher: TemplateMatcher

    /// Creates the pattern of the URLs that a path template expands to.
    ///
    /// - Parameters:
    ///   - base: The text before the expanded template.
    ///   - path: The template.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if the template is malformed.
    init(_ base: String, _ path: PathTemplate) throws(FetchError) {
        var parts = try path.parts()[...]
        var prefix = base
        if case .literal(let literal)? = parts.first {
            prefix += literal
            parts.removeFirst()
        }
        self.prefix = Array(prefix.utf8)
        matcher = TemplateMatcher(parts, excludes: PathTemplate.excludes, read: PathTemplate.value)
    }

    /// Returns the values in a text, or `nil` if the text doesn't match.
    func values(in text: [UInt8]) -> TemplateValues? {
        text.starts(with: prefix) ? values(inRest: text[prefix.count...]) : nil
    }

    /// Returns the values in the part of a text after the prefix, or `nil` if it doesn't match.
    func values(inRest rest: ArraySlice<UInt8>) -> TemplateValues? { matcher.values(in: rest) }
}
