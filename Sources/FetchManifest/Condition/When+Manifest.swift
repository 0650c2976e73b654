import FetchCore

/// The fields of a condition that is an object: `{"is": "missing"}`.
enum ConditionField: String, CaseIterable {
    case `is`
}

extension When {
    init?(_ field: FieldReader) {
        let before = field.problems.count
        guard let members = field.members(example: "{\"status\": \"done\"}") else { return nil }
        guard !members.isEmpty else {
            field.report("has no condition", "Write a value path and its value, such as {\"status\": \"done\"}.")
            return nil
        }
        let conditions = members.compactMap { Condition($0.name, $0.field) }
        guard field.problems.count == before else { return nil }
        let paths = conditions.map(\.path)
        for (index, condition) in conditions.enumerated() where paths[..<index].contains(condition.path) {
            field.report("\(condition.text) has two conditions", "Write one condition with all values.")
        }
        self.init(conditions)
        reportContradictions(field)
        if field.problems.count > before { return nil }
    }
}

extension Condition {
    fileprivate init?(_ name: String, _ field: FieldReader) {
        guard let path = ValuePath(named: name, field) else { return nil }
        switch field.value {
        case .object:
            guard let object = ObjectReader<ConditionField>(field),
                let kinds = object.required(.is, "Write a kind, such as \"is\": \"missing\".")?.kinds()
            else { return nil }
            self.init(path, name, values: [], kinds: Set(kinds))
        case .array([]):
            field.report("is an empty array", "Write the values, or {\"is\": \"missing\"}.")
            return nil
        default:
            let isArray = field.value.array != nil
            let fields = isArray ? field.array(example: "[\"done\"]") : [field]
            guard let fields else { return nil }
            let values = fields.map { $0.value == .null ? nil : $0.statusValue(alone: "{\"is\": \"text\"}") }
            guard zip(fields, values).allSatisfy({ $0.value == .null || $1 != nil }) else { return nil }
            self.init(path, name, values: values.compactMap(\.self), kinds: values.contains(nil) ? [.null] : [])
        }
    }
}

extension FieldReader {
    /// Reads a status value: a string that isn't empty, an integer or a Boolean, as text.
    ///
    /// - Parameter alternative: The field to suggest instead of a wildcard that matches every value.
    /// - Returns: The text, or `nil` if the value is invalid.
    func statusValue(alone alternative: String) -> String? {
        guard let value = value.exactText, !value.isEmpty, value.utf8.count <= ManifestLimits.stringSize else {
            reportType(
                "a string that isn't empty, an integer, true or false",
                "Write it as it appears in the response, such as \"done\"."
            )
            return nil
        }
        guard value.contains(where: { $0 != "*" }) else {
            report("a wildcard alone matches every value", "Write \(alternative) instead.")
            return nil
        }
        return value
    }

    /// Reads one kind, or an array of kinds.
    fileprivate func kinds() -> [ValueKind]? {
        switch value {
        case .array([]):
            report("is an empty array", "Write a kind, such as \"missing\".")
            return nil
        case .array:
            let kinds = array(example: "[\"missing\"]")?.map { $0.choice(ValueKind.self, synonyms: Self.synonyms) }
            return kinds.flatMap { $0.contains(nil) ? nil : $0.compactMap(\.self) }
        default: return choice(ValueKind.self, synonyms: Self.synonyms).map { [$0] }
        }
    }

    private static let synonyms: [String: ValueKind] = [
        "absent": .missing, "string": .text, "bool": .boolean, "integer": .number,
    ]
}
