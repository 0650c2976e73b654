import FetchCore

/// The path of a value in a response: `data.task.status`, `videos[0].url`, `$http.status`, `$http.headers.Seed`.
enum ValuePath: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
    }

    case httpStatus
    case header(String)
    case json([Step])

    /// The reason why a string isn't a value path.
    struct ParseError: Error {
        let reason: String
    }

    init(_ text: String) throws(ParseError) {
        let header = "$http.headers."
        if text == "$http.status" {
            self = .httpStatus
        } else if text.hasPrefix(header), HeaderSyntax.isToken(text.dropFirst(header.count)) {
            self = .header(String(text.dropFirst(header.count)))
        } else if text.hasPrefix("$") {
            throw ParseError(reason: "\(Excerpt(text)) is neither $http.status nor $http.headers.<name>")
        } else {
            self = .json(try Self.steps(of: text))
        }
    }

    /// Returns the value at the path, or `nil` if it is missing, `null` or empty.
    func value(in response: ParsedResponse) throws(FetchError) -> JSONValue? {
        switch self {
        case .httpStatus: .integer(Int64(response.response.status))
        case .header(let name): response.response.headers[name].map(JSONValue.string)?.nonEmpty
        case .json(let steps): try response.json().value(at: steps)?.nonEmpty
        }
    }

    /// Returns the value at the path, relative to a value of the body, or `nil` if it is missing or `null`.
    func value(in root: JSONValue) -> JSONValue? {
        if case .json(let steps) = self { root.value(at: steps) } else { nil }
    }

    private static func steps(of text: String) throws(ParseError) -> [Step] {
        var steps: [Step] = []
        for (index, part) in text.split(separator: ".", omittingEmptySubsequences: false).enumerated() {
            let name = part.prefix { $0 != "[" }
            var rest = part.dropFirst(name.count)
            if !name.isEmpty {
                steps.append(.member(String(name)))
            } else if index > 0 || rest.isEmpty {
                throw ParseError(
                    reason: "\(Excerpt(text)) is not a value path: a member name before or after a dot is missing"
                )
            }
            while !rest.isEmpty {
                guard
                    rest.first == "[", let end = rest.firstIndex(of: "]"),
                    let number = Int(rest[..<end].dropFirst()), number >= 0
                else {
                    throw ParseError(
                        reason: "\(Excerpt(text)) is not a value path: brackets must contain one element index"
                    )
                }
                steps.append(.element(number))
                rest = rest[rest.index(after: end)...]
            }
        }
        return steps
    }
}

extension JSONValue {
    fileprivate func value(at steps: [ValuePath.Step]) -> JSONValue? {
        var value: JSONValue? = self
        for step in steps {
            switch step {
            case .member(let name): value = value?[name]
            case .element(let index):
                let elements = value?.array ?? []
                value = elements.indices.contains(index) ? elements[index] : nil
            }
        }
        return value == .null ? nil : value
    }

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

    /// A string, a number or a Boolean as text.
    var scalarText: String? {
        switch self {
        case .string(let string): string
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let value): "\(value)"
        case .null, .array, .object: nil
        }
    }
}
