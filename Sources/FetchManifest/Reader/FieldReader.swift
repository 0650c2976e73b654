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
        guard string.utf8.count <= ManifestLimits.stringSize else {
            report("has more than \(ManifestLimits.stringSize) bytes", "Shorten it, such as \"\(example)\".")
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

    /// Reads true or false.
    func boolean() -> Bool? {
        if let value = value.bool { return value }
        reportType("true or false", "Write it without quotation marks.")
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
    ///
    /// - Parameters:
    ///   - example: An example for an error.
    ///   - limit: The maximum number of elements. Defaults to the limit of the format's own arrays.
    /// - Returns: A reader for each element, or `nil` if the value is invalid.
    func array(example: String, limit: Int = ManifestLimits.entries) -> [FieldReader]? {
        guard let elements = value.array else {
            reportType("an array", "Write it in brackets, such as \(example).")
            return nil
        }
        guard isWithin(limit, elements.count) else { return nil }
        return elements.enumerated().map { FieldReader(value: $1, path: "\(path)[\($0)]", problems: problems) }
    }

    /// Reads one value, or the elements of an array that isn't empty.
    func oneOrSeveral(example: String) -> [FieldReader]? {
        guard case .array(let elements) = value else { return [self] }
        guard !elements.isEmpty else {
            report("is an empty array", "Write at least one entry, such as \(example), or remove the field.")
            return nil
        }
        return array(example: example)
    }

    /// Reads the members of an object with arbitrary names, sorted by name.
    ///
    /// - Parameters:
    ///   - example: An example for an error.
    ///   - limit: The maximum number of members. Defaults to the limit of the format's own objects.
    /// - Returns: The names and a reader for each member, or `nil` if the value is invalid.
    func members(
        example: String,
        limit: Int = ManifestLimits.entries
    ) -> [(name: String, field: FieldReader)]? {
        guard let members = value.object else {
            reportType("an object", "Write it in braces, such as \(example).")
            return nil
        }
        guard isWithin(limit, members.count) else { return nil }
        return members.sorted { $0.key < $1.key }.map { ($0.key, member($0.key, $0.value)) }
    }

    private func isWithin(_ limit: Int, _ count: Int) -> Bool {
        guard count > limit else { return true }
        report("has \(count) entries, the limit is \(limit)", "Remove some, or describe several endpoints.")
        return false
    }

    func member(_ name: String, _ value: JSONValue) -> FieldReader {
        FieldReader(value: value, path: path.isEmpty ? name : "\(path).\(name)", problems: problems)
    }
}
