import FetchCore

extension StatusRule {
    init?(_ field: FieldReader) {
        guard let object = ObjectReader<Field>(field) else { return nil }
        let before = field.problems.count
        when = object[.when].flatMap { When($0) }
        message = object[.message].flatMap { TextDeclaration($0) }
        code = object[.code].flatMap { TextDeclaration($0) }
        if let then = object[.then] {
            guard let meaning = then.choice(Meaning.self) else { return nil }
            let others = Field.allCases.filter { ![.when, .then, .message, .code].contains($0) && object[$0] != nil }
            for other in others { object.report(other, "conflicts with then", "Remove one of the two.") }
            source = .then(meaning)
            return
        }
        guard let value = StatusValue(object) else { return nil }
        source = .value(value)
        if value.meanings.isEmpty, field.problems.count == before {
            field.report("no value has a meaning", "List the values of each state, such as \"succeeded\": [\"done\"].")
        }
        reportImpossibleValues(object)
    }

    /// Reports the listed values that the rule's own conditions exclude.
    private func reportImpossibleValues(_ object: ObjectReader<Field>) {
        guard let value, value.at.alternatives.count == 1, let condition = when?.condition(on: value.at.alternatives[0])
        else { return }
        let impossible = value.table.exactValues.filter { text, _ in
            !condition.accepts(text) && condition.possibleKinds.isDisjoint(with: ValueKind.scalars)
                || condition.onlyValues?.contains(text) == false
        }
        for (text, meaning) in impossible.sorted(by: { $0.key < $1.key }) {
            guard let field = Field(rawValue: meaning.rawValue) else { continue }
            object.report(
                field,
                "\(value.at.text) is never \(Excerpt(text)) under the conditions of the rule",
                "Remove the value, or add it to when."
            )
        }
    }
}

extension StatusValue {
    fileprivate init?(_ object: ObjectReader<StatusRule.Field>) {
        let at = object.required(.at, "Write the path of the status, such as \"at\": \"status\".")
            .flatMap { ValuePaths($0) }
        var table = MeaningTable()
        for meaning in Meaning.allCases {
            guard let name = StatusRule.Field(rawValue: meaning.rawValue), let values = object[name] else { continue }
            Self.add(values, meaning: meaning, to: &table)
        }
        let otherwise = object[.otherwise].map { $0.choice(Meaning.self) }
        let absent = object[.absent].map { $0.choice(Meaning.self) }
        guard let at else { return nil }
        (self.at, self.table, self.otherwise, self.absent) = (at, table, otherwise ?? nil, absent ?? nil)
    }

    private static func add(_ values: FieldReader, meaning: Meaning, to table: inout MeaningTable) {
        for field in values.array(example: "[\"done\"]") ?? [] {
            guard
                let value = field.statusValue(alone: "\"otherwise\": \"\(meaning.rawValue)\""),
                let known = table.add(value, meaning)
            else { continue }
            field.report(
                known == meaning
                    ? "\(Excerpt(value)) is listed twice"
                    : "\(Excerpt(value)) is also listed under \(known.rawValue)",
                "List the value once, under one meaning."
            )
        }
    }
}
