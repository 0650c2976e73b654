/// A pattern that splits an id's string into the values for a ``PathTemplate``.
///
/// Most ids are one value, and the path has one placeholder for it: `video/fetch/{id}`. If a handle consists of several
/// values, its endpoint declares how the id's string is split:
///
/// ```swift
/// let idForm: IDForm = "{workflow}/{run}"
/// let path: PathTemplate = "workflows/{workflow}/runs/{run}"
/// ```
///
/// With this form, polling the id `upscale/7` requests `workflows/upscale/runs/7`, and the URL of such a request yields
/// the id again.
///
/// | placeholder | matches |
/// |---|---|
/// | `{run}` | any characters except a slash |
/// | `{+app}` | any characters including slashes, up to the next part of the form |
///
/// The id's string isn't percent-encoded; only the URL is. A literal isn't validated when it is created: registering or
/// polling an endpoint with a malformed form throws.
public struct IDForm: Sendable, Hashable {
    /// The form as it was written.
    public let rawValue: String

    /// The form of an id that is one value, named `id`, with any characters.
    public static let whole: Self = "{+id}"

    /// Creates a form from a string that comes from outside, and validates it.
    ///
    /// - Parameter text: A pattern such as `{workflow}/{run}`.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if a placeholder is malformed or
    ///   there is none.
    public init(_ text: String) throws(FetchError) {
        rawValue = text
        _ = try parts()
    }

    /// Parses the form.
    func parts() throws(FetchError) -> [TemplatePart] {
        let parts = try TemplatePart.parts(of: rawValue, what: "an id form")
        guard !parts.placeholderNames.isEmpty else {
            throw FetchError(
                .malformedEndpoint,
                "the id form \(Excerpt(rawValue)) has no placeholder",
                remedy: "Write a placeholder for each value, such as {workflow}/{run}."
            )
        }
        return parts
    }

    /// Returns the values in an id's string.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/invalidID`` if the string doesn't match this form.
    package func values(of id: String) throws(FetchError) -> TemplateValues {
        if self == .whole { return TemplateValues("id", id) }
        guard let values = Self.matcher(of: try parts()).values(in: Array(id.utf8)[...]) else {
            throw .invalidID(id, because: "it doesn't match the form \(readableText)", endpoint: nil)
        }
        return values
    }

    /// Returns the id with these values, or `nil` if a value is missing or the id would be split into other values.
    package func id(of values: TemplateValues) -> String? {
        (try? composer())?(values)
    }

    /// Returns a function that composes ids from values, for repeated use.
    func composer() throws(FetchError) -> @Sendable (TemplateValues) -> String? {
        if self == .whole { return { $0["id"] } }
        let parts = try parts()
        let matcher = Self.matcher(of: parts)
        return { values in
            var id = ""
            for part in parts {
                switch part {
                case .literal(let text): id += text
                case .placeholder(let name, _):
                    guard let value = values[name] else { return nil }
                    id += value
                }
            }
            // An id that is split into other values belongs to another job.
            guard let read = matcher.values(in: Array(id.utf8)[...]) else { return nil }
            return values.contains(read) ? id : nil
        }
    }

    /// Returns a sample id of this form.
    func sample() throws(FetchError) -> String {
        try parts().map { part in
            if case .literal(let text) = part { text } else { "7481516" }
        }.joined()
    }

    private static func matcher(of parts: [TemplatePart]) -> TemplateMatcher {
        TemplateMatcher(
            parts,
            excludes: { byte, keepsSlashes in byte == UInt8(ascii: "/") && !keepsSlashes },
            read: { value, _ in String(decoding: value, as: UTF8.self) }
        )
    }

    private var readableText: String { rawValue.replacing("{+", with: "{") }
}

extension IDForm: RawRepresentable {
    /// Creates a form from a string, or `nil` if a placeholder is malformed or there is none.
    public init?(rawValue: String) {
        guard let form = try? Self(rawValue) else { return nil }
        self = form
    }
}

extension IDForm: ExpressibleByStringLiteral {
    /// Creates a form from a literal, which is validated when its endpoint is registered or polled.
    public init(stringLiteral text: String) {
        rawValue = text
    }
}

extension IDForm: CustomStringConvertible {
    /// The form as it was written.
    public var description: String { rawValue }
}
