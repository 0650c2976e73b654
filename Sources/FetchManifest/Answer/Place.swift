import FetchCore

/// Where something stands in an answer: `data.task.status`, `videos[0].url`, `$http.status`, `$http.headers.Seed`.
enum Place: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
    }

    case httpStatus
    case header(String)
    case json([Step])

    /// What isn't a place, and why.
    struct Flaw: Error {
        let reason: String
    }

    init(_ text: String) throws(Flaw) {
        let header = "$http.headers."
        if text == "$http.status" {
            self = .httpStatus
        } else if text.hasPrefix(header), HeaderName.isOne(text.dropFirst(header.count)) {
            self = .header(String(text.dropFirst(header.count)))
        } else if text.hasPrefix("$") {
            throw Flaw(reason: "\(Excerpt(text)) is neither $http.status nor $http.headers. and a header's name")
        } else {
            self = .json(try Self.steps(of: text))
        }
    }

    /// What stands there. An empty text, list or object is nothing, and so is `null`.
    func value(in answer: Answer) throws(FetchError) -> JSONValue? {
        switch self {
        case .httpStatus: .integer(Int64(answer.response.status))
        case .header(let name): answer.response.headers[name].map(JSONValue.string)?.unlessEmpty
        case .json(let steps): try answer.json().value(at: steps)?.unlessEmpty
        }
    }

    /// What stands there within a part of the body, `null` apart, where this is a place in the body.
    func value(in part: JSONValue) -> JSONValue? {
        if case .json(let steps) = self { part.value(at: steps) } else { nil }
    }

    private static func steps(of text: String) throws(Flaw) -> [Step] {
        var steps: [Step] = []
        for (index, part) in text.split(separator: ".", omittingEmptySubsequences: false).enumerated() {
            let name = part.prefix { $0 != "[" }
            var rest = part.dropFirst(name.count)
            if !name.isEmpty {
                steps.append(.member(String(name)))
            } else if index > 0 || rest.isEmpty {
                throw Flaw(reason: "\(Excerpt(text)) is not a place: a name is missing between two dots or at an end")
            }
            while !rest.isEmpty {
                guard
                    rest.first == "[", let end = rest.firstIndex(of: "]"),
                    let number = Int(rest[..<end].dropFirst()), number >= 0
                else {
                    throw Flaw(reason: "\(Excerpt(text)) is not a place: brackets hold the number of one element")
                }
                steps.append(.element(number))
                rest = rest[rest.index(after: end)...]
            }
        }
        return steps
    }
}

extension JSONValue {
    fileprivate func value(at steps: [Place.Step]) -> JSONValue? {
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

    /// The value, where there is something in it.
    var unlessEmpty: JSONValue? {
        switch self {
        case .null, .string(""), .array([]), .object([:]): nil
        default: self
        }
    }

    /// A text, a whole number or a truth value as a word.
    var wholeWord: String? {
        if case .number = self { nil } else { word }
    }

    /// A text, a number or a truth value as a word.
    var word: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let value): "\(value)"
        case .null, .array, .object: nil
        }
    }
}
