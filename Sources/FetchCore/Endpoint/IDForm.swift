/// How an id's text is made up of the values that a ``PathTemplate`` names.
///
/// Most ids are one value, and a path has one place for it: `video/fetch/{id}`. Where a handle is more than one value, its
/// endpoint says how the text of the id is taken apart:
///
/// ```swift
/// let idForm: IDForm = "{workflow}/{run}"
/// let path: PathTemplate = "workflows/{workflow}/runs/{run}"
/// ```
///
/// The id `upscale/7` then asks `workflows/upscale/runs/7`, and the URL of a request leads back to the id.
///
/// | written | the value |
/// |---|---|
/// | `{run}` | anything but a slash |
/// | `{+app}` | may have slashes in it; as much as the rest leaves |
///
/// The id's text is taken as it is, without percent-encoding: that belongs to the URL. A literal isn't checked when it is
/// written; a malformed form is refused when its endpoint is registered or asked.
public struct IDForm: Sendable, Hashable {
    /// The form as it was written.
    public let text: String

    /// The id is one value by the name of `id`, whatever stands in it.
    public static let whole: Self = "{+id}"

    /// Creates a form from text that may come from anywhere.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint``.
    public init(_ text: String) throws(FetchError) {
        self.text = text
        _ = try parts()
    }

    /// The form taken apart.
    func parts() throws(FetchError) -> [TemplatePart] {
        let parts = try TemplatePart.parts(of: text, what: "the form of an id")
        guard !parts.placeNames.isEmpty else {
            throw FetchError(
                .malformedEndpoint,
                "the form \(Excerpt(text)) of an id has no place",
                remedy: "Write a place for each value, such as {workflow}/{run}."
            )
        }
        return parts
    }

    /// The values in an id's text.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/invalidID`` where the text isn't of this form.
    package func values(of id: String) throws(FetchError) -> TemplateValues {
        if self == .whole { return TemplateValues("id", id) }
        guard let values = Self.matcher(of: try parts()).values(in: Array(id.utf8)[...]) else {
            throw .invalidID(id, because: "it is not of the form \(readableText)", endpoint: nil)
        }
        return values
    }

    /// The id that has these values, or nil where a value is missing or can't be told from its neighbour.
    package func id(of values: TemplateValues) -> String? {
        (try? composer())?(values)
    }

    /// What makes ids of values, prepared for many.
    func composer() throws(FetchError) -> @Sendable (TemplateValues) -> String? {
        if self == .whole { return { $0["id"] } }
        let parts = try parts()
        let matcher = Self.matcher(of: parts)
        return { values in
            var id = ""
            for part in parts {
                switch part {
                case .literal(let text): id += text
                case .place(let name, _):
                    guard let value = values[name] else { return nil }
                    id += value
                }
            }
            // A text that would be read as other values is the id of another job.
            guard let read = matcher.values(in: Array(id.utf8)[...]) else { return nil }
            return read.names.allSatisfy { values[$0] == read[$0] } ? id : nil
        }
    }

    private static func matcher(of parts: [TemplatePart]) -> TemplateMatcher {
        TemplateMatcher(
            parts,
            keepsOut: { byte, keepsSlashes in byte == UInt8(ascii: "/") && !keepsSlashes },
            read: { value, _ in String(decoding: value, as: UTF8.self) }
        )
    }

    private var readableText: String { text.replacing("{+", with: "{") }
}

extension IDForm: ExpressibleByStringLiteral {
    /// Creates a form from a literal, which is checked when its endpoint is registered or asked.
    public init(stringLiteral text: String) {
        self.text = text
    }
}

extension IDForm: CustomStringConvertible {
    /// The form as it was written.
    public var description: String { text }
}
