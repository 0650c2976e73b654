import FetchCore

/// The path of a value in a response: `data.task.status`, `videos[0].url`, `$http.status`, `$http.headers.Seed`, or `.`
/// for the whole value.
enum ValuePath: Sendable, Hashable {
    case httpStatus
    case header(String)
    case json(JSONPath)

    /// True for a path in the body.
    var isInBody: Bool {
        if case .json = self { true } else { false }
    }

    /// The kinds that a value at this path can have.
    var possibleKinds: Set<ValueKind> {
        switch self {
        case .httpStatus: [.number]
        case .header: [.missing, .empty, .text]
        case .json: Set(ValueKind.allCases)
        }
    }

    /// Returns the value at the path, or `nil` if it is missing, `null` or empty.
    func value(in response: ParsedResponse) throws(FetchError) -> JSONValue? {
        try foundValue(in: response)?.nonEmpty
    }

    /// Returns the value at the path, which may be `null` or empty, or `nil` if it is missing.
    func foundValue(in response: ParsedResponse) throws(FetchError) -> JSONValue? {
        switch self {
        case .httpStatus: .integer(Int64(response.response.status))
        case .header(let name): response.response.headers[name].map(JSONValue.string)
        case .json(let path): try response.json().value(at: path)
        }
    }

    /// Returns the value at the path, relative to a value of the body, or `nil` if it is missing or `null`.
    func value(in root: JSONValue) -> JSONValue? {
        guard case .json(let path) = self else { return nil }
        return root.value(at: path)?.unlessNull
    }
}

extension ValuePath {
    /// Reads a path, and reports an invalid one.
    init?(_ field: FieldReader, example: String) {
        guard let text = field.string(example: example) else { return nil }
        self.init(named: text, field)
    }

    /// Parses a path, and reports an invalid one under a field.
    init?(named text: String, _ field: FieldReader) {
        let header = "$http.headers."
        if text == "$http.status" {
            self = .httpStatus
        } else if text.hasPrefix(header), HeaderSyntax.isToken(text.dropFirst(header.count)) {
            self = .header(String(text.dropFirst(header.count)))
        } else if let problem = Self.problem(of: text) {
            field.report("\(Excerpt(text)) \(problem.reason)", problem.remedy)
            return nil
        } else if text == "." {
            self = .json(JSONPath())
        } else {
            do throws(JSONPath.SyntaxError) {
                self = .json(try JSONPath(text))
            } catch {
                field.report("\(Excerpt(text)) is not a value path: \(error.reason)", Self.remedy)
                return nil
            }
        }
    }

    private static let remedy = "Write member names joined by dots, such as data.videos[0].url."

    /// The problem of a string that is a path by its syntax, but was probably meant to be another one.
    private static func problem(of text: String) -> (reason: String, remedy: String)? {
        if text.hasPrefix("$") { return ("is neither $http.status nor $http.headers.<name>", remedy) }
        if text.hasPrefix("/") { return ("begins with a slash", remedy) }
        if text == "http.status" || text.hasPrefix("http.headers.") {
            return ("has no $", "Write $\(text.onOneLine(maxLength: 80)), or ['http'] for a member with that name.")
        }
        guard let index = number(in: text)?.onOneLine(maxLength: 20) else { return nil }
        let example = text.utf8.count <= 80 ? text.onOneLine(maxLength: 80) : "videos.\(index)"
        let element = example.replacing("." + index, with: "[\(index)]", maxReplacements: 1)
        return (
            "has a number between dots",
            "Write \(element == example ? "[\(index)]" : element) for an element of an array, "
                + "or ['\(index)'] for a member with that name."
        )
    }

    /// The first member name of the path that consists of digits only and isn't quoted.
    private static func number(in text: String) -> String? {
        // A quoted name may contain dots, so only the text before the first quote counts.
        text.prefix { $0 != "'" }.split(separator: ".").lazy
            .map { $0.prefix { $0 != "[" } }
            .first { !$0.isEmpty && $0.utf8.allSatisfy(ASCII.isDigit) }
            .map(String.init)
    }
}

extension JSONValue {
    /// The value, or `nil` if it is `null` or an empty string, array or object.
    var nonEmpty: JSONValue? {
        switch self {
        case .null, .string(""), .array([]), .object([:]): nil
        default: self
        }
    }

    /// A string, an integer or a Boolean as text. `nil` for a fractional number, whose digits may have changed.
    var exactText: String? {
        if case .number = self { nil } else { scalarText }
    }

    /// A string, a number or a Boolean as text. Unlike ``text``, it may be empty.
    var scalarText: String? {
        switch self {
        case .string(let string): string
        case .bool(let value): "\(value)"
        default: text
        }
    }
}
