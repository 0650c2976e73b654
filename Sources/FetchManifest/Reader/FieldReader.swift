import FetchCore

/// A value of a manifest and its path.
///
/// A read that fails adds a problem to the shared list and returns `nil`, so that reading continues with other fields.
struct FieldReader {
    let value: JSONValue
    let path: String
    let problems: ProblemList

    func report(_ reason: String, _ remedy: String) { problems.add(path, reason, remedy) }

    /// Reports that the value has the wrong type.
    func reportType(_ expected: String, _ remedy: String) {
        report("is \(value.kind) and should be \(expected)", remedy)
    }

    /// Reads a string that isn't empty.
    func string(example: String) -> String? {
        guard let string = value.string else {
            reportType("a string", "Write it in quotation marks, such as \"\(example)\".")
            return nil
        }
        guard !string.isEmpty else {
            report("is empty", "Write a string, such as \"\(example)\", or remove the field if it isn't required.")
            return nil
        }
        return string
    }

    /// Reads a string and converts it with a throwing initializer of FetchCore.
    func string<Value>(example: String, as read: (String) throws(FetchError) -> Value) -> Value? {
        guard let string = string(example: example) else { return nil }
        do throws(FetchError) {
            return try read(string)
        } catch {
            report(error.message, error.remedy ?? "Write a value such as \"\(example)\".")
            return nil
        }
    }

    /// Reads one of a fixed set of strings.
    ///
    /// - Parameters:
    ///   - type: The enumeration of the valid strings.
    ///   - synonyms: Common wrong strings and the choice to suggest for each.
    /// - Returns: The choice, or `nil` if the string is invalid.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ type: Choice.Type = Choice.self,
        synonyms: [String: Choice] = [:]
    ) -> Choice? {
        let names = Choice.allCases.map(\.rawValue)
        guard let string = string(example: names.first ?? "") else { return nil }
        if let choice = Choice(rawValue: string) { return choice }
        let remedy =
            synonyms[string].map { "Did you mean \($0.rawValue)?" }
            ?? SpellingSuggestion(for: string, among: names).remedy
        report("\(Excerpt(string)) is not a valid value", remedy)
        return nil
    }

    /// Reads a number greater than zero.
    func positiveNumber(example: Int) -> Double? {
        let number: Double? =
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        guard let number else {
            reportType("a number", "Write it without quotation marks, such as \(example).")
            return nil
        }
        guard number > 0 else {
            report("is not greater than zero", "Write a number such as \(example).")
            return nil
        }
        return number
    }

    /// Reads the elements of an array.
    func array(example: String) -> [FieldReader]? {
        guard let elements = value.array else {
            reportType("an array", "Write it in brackets, such as \(example).")
            return nil
        }
        return elements.enumerated().map { FieldReader(value: $1, path: "\(path)[\($0)]", problems: problems) }
    }

    /// Reads the members of an object with arbitrary names, sorted by name.
    func members(example: String) -> [(name: String, field: FieldReader)]? {
        guard let members = value.object else {
            reportType("an object", "Write it in braces, such as \(example).")
            return nil
        }
        return members.sorted { $0.key < $1.key }.map { ($0.key, member($0.key, $0.value)) }
    }

    func member(_ name: String, _ value: JSONValue) -> FieldReader {
        FieldReader(value: value, path: path.isEmpty ? name : "\(path).\(name)", problems: problems)
    }
}

extension JSONValue {
    /// The JSON type with an article, for errors.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
