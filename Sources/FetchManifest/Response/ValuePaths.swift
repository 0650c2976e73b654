import FetchCore

/// One or more alternative value paths. The first one with a value applies.
struct ValuePaths: Sendable, Hashable {
    let alternatives: [ValuePath]

    /// The paths as written, joined by "or", on one line, for errors.
    let text: String

    /// Reads one value path, or an array of them.
    init?(_ field: FieldReader) {
        let example = "data.status"
        guard let fields = field.oneOrSeveral(example: "[\"\(example)\"]") else { return nil }
        let paths = fields.map { ValuePath($0, example: example) }
        guard !paths.contains(nil) else { return nil }
        alternatives = paths.compactMap(\.self)
        text = fields.compactMap(\.value.string).joined(separator: " or ").onOneLine(maxLength: 200)
    }

    func value(in response: ParsedResponse) throws(FetchError) -> JSONValue? {
        for path in alternatives {
            if let value = try path.value(in: response) { return value }
        }
        return nil
    }

    /// Returns the first value at one of the paths, relative to a value of the body.
    ///
    /// An empty value is returned only if no path has another value.
    func value(in root: JSONValue) -> JSONValue? {
        let values = alternatives.compactMap { $0.value(in: root) }
        return values.first { $0.nonEmpty != nil } ?? values.first
    }
}
