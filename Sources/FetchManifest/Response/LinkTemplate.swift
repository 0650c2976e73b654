import FetchCore

/// A link of which a value of the response is a part, such as `/v1/files/{value}/content`.
///
/// It begins with a slash, and is relative to the URL of the response.
struct LinkTemplate: Sendable, Hashable {
    private static let placeholder = "{value}"

    private let prefix: String
    private let suffix: String

    /// Reads a template, and reports an invalid one.
    init?(_ field: FieldReader) {
        let example = "/v1/files/\(Self.placeholder)/content"
        guard let text = field.string(example: example) else { return nil }
        guard text.hasPrefix("/"), !text.hasPrefix("//") else {
            field.report("doesn't begin with one slash", "Write a path from the host on, such as \"\(example)\".")
            return nil
        }
        let parts = text.split(separator: Self.placeholder, omittingEmptySubsequences: false)
        guard parts.count == 2, PlaceholderSyntax.names(in: text) == ["value"] else {
            field.report("has not exactly one placeholder \(Self.placeholder)", "Write it once, as in \"\(example)\".")
            return nil
        }
        (prefix, suffix) = (String(parts[0]), String(parts[1]))
    }

    /// Returns the link for a value, which is percent-encoded. A value that can't be a segment of a path has none, and
    /// one that isn't a string or an integer is returned unchanged. Neither is a link.
    func filled(with value: JSONValue) -> JSONValue {
        guard let text = value.exactText else { return value }
        return PercentEncoding.segment(text).map { .string(prefix + $0 + suffix) } ?? .null
    }
}
