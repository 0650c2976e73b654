import FetchCore

/// A string in a response: `"message"`, or `{"at": "reasons", "between": "; "}` for an array whose strings are joined.
struct TextDeclaration: Sendable {
    enum Field: String, CaseIterable {
        case at, between
    }

    private let at: ValuePaths
    private let between: String

    init?(_ field: FieldReader) {
        guard case .object = field.value else {
            guard let at = ValuePaths(field) else { return nil }
            (self.at, between) = (at, ", ")
            return
        }
        guard let object = ObjectReader<Field>(field) else { return nil }
        let at = object.required(.at, "Write the path of the string, such as \"at\": \"message\".")
            .flatMap(ValuePaths.init)
        let between = object[.between].map { $0.string(example: "; ") } ?? ", "
        guard let at, let between else { return nil }
        (self.at, self.between) = (at, between)
    }

    /// Returns the text at the first path that has one: a string, a number, a Boolean, or the joined strings of an
    /// array.
    func text(in response: ParsedResponse) -> String? {
        for path in at.alternatives {
            guard let value = try? path.value(in: response) else { continue }
            if let text = value.scalarText { return text }
            let strings = value.array?.compactMap(\.string) ?? []
            if !strings.isEmpty { return strings.joined(separator: between) }
        }
        return nil
    }
}
