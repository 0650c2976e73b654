import FetchCore

/// One value of a document, and where it stands.
///
/// What can't be read is noted and gives nil.
struct FieldReader {
    let value: JSONValue
    let path: String
    let problems: ProblemList

    func refuse(_ reason: String, _ remedy: String) { problems.note(path, reason, remedy) }

    /// Notes that a value is of another type than belongs here.
    func refuseType(_ expected: String, _ remedy: String) {
        refuse("is \(value.kind) and should be \(expected)", remedy)
    }

    /// A text that isn't empty.
    func text(suchAs example: String) -> String? {
        guard let text = value.string else {
            refuseType("a text", "Write it in quotation marks, such as \"\(example)\".")
            return nil
        }
        guard !text.isEmpty else {
            refuse("is empty", "Write a text, such as \"\(example)\", or leave the field out if it isn't required.")
            return nil
        }
        return text
    }

    /// A text that one of the core's types takes.
    func text<Value>(suchAs example: String, as read: (String) throws(FetchError) -> Value) -> Value? {
        guard let text = text(suchAs: example) else { return nil }
        do throws(FetchError) {
            return try read(text)
        } catch {
            refuse(error.message, error.remedy ?? "Write it such as \"\(example)\".")
            return nil
        }
    }

    /// One of a few words.
    ///
    /// - Parameter synonyms: What is meant by words that others use.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ type: Choice.Type = Choice.self,
        calledOtherwise synonyms: [String: Choice] = [:]
    ) -> Choice? {
        let words = Choice.allCases.map(\.rawValue)
        guard let text = text(suchAs: words.first ?? "") else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let remedy =
            synonyms[text].map { "Did you mean \($0.rawValue)?" } ?? NearWords(to: text, among: words).remedy
        refuse("\(Excerpt(text)) is none of the words that belong there", remedy)
        return nil
    }

    /// A number greater than zero.
    func positiveNumber(suchAs example: Int) -> Double? {
        let number: Double? =
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        guard let number else {
            refuseType("a number", "Write it without quotation marks, such as \(example).")
            return nil
        }
        guard number > 0 else {
            refuse("is not greater than zero", "Write a number such as \(example).")
            return nil
        }
        return number
    }

    /// A list, with its elements.
    func list(suchAs example: String) -> [FieldReader]? {
        guard let elements = value.array else {
            refuseType("a list", "Write it in brackets, such as \(example).")
            return nil
        }
        return elements.enumerated().map { FieldReader(value: $1, path: "\(path)[\($0)]", problems: problems) }
    }

    /// An object whose names are anybody's, in their order.
    func members(suchAs example: String) -> [(name: String, field: FieldReader)]? {
        guard let members = value.object else {
            refuseType("an object", "Write it in braces, such as \(example).")
            return nil
        }
        return members.sorted { $0.key < $1.key }.map { ($0.key, member($0.key, $0.value)) }
    }

    func member(_ name: String, _ value: JSONValue) -> FieldReader {
        FieldReader(value: value, path: path.isEmpty ? name : "\(path).\(name)", problems: problems)
    }
}

extension JSONValue {
    /// What JSON calls the type.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer, .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
