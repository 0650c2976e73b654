import FetchCore

/// An object of a manifest whose only valid fields are the cases of `Field`.
struct ObjectReader<Field: RawRepresentable<String> & CaseIterable> {
    let field: FieldReader
    private let members: [String: JSONValue]

    /// The fields that an unknown field was probably meant to be. They aren't reported as missing again.
    private var misspelt: Set<String> = []

    /// Reads an object and reports its unknown fields. Reports a value that isn't an object.
    init?(_ field: FieldReader) {
        guard let members = field.value.object else {
            let names = Field.allCases.prefix(3).map(\.rawValue).joined(separator: ", ")
            field.reportType("an object", "Write it in braces with fields such as \(names).")
            return nil
        }
        self.field = field
        self.members = members
        let known = Field.allCases.map(\.rawValue)
        for name in members.keys.sorted() where !known.contains(name) && !field.problems.isFull {
            let missing = known.filter { members[$0] == nil }
            let suggestion = SpellingSuggestion(for: name, among: missing)
            field.member(name, .null).report("is not a field", suggestion.remedy)
            if let nearest = suggestion.nearest { misspelt.insert(nearest) }
        }
    }

    /// The reader of a field, or `nil` if the field is absent.
    subscript(_ name: Field) -> FieldReader? {
        members[name.rawValue].map { field.member(name.rawValue, $0) }
    }

    /// Returns the reader of a field, and reports the field if it is missing.
    ///
    /// - Parameters:
    ///   - name: The name of the field.
    ///   - remedy: The remedy to report.
    /// - Returns: The reader, or `nil` if the field is missing.
    func required(_ name: Field, _ remedy: String) -> FieldReader? {
        if let field = self[name] { return field }
        if !misspelt.contains(name.rawValue) { report(name, "is missing", remedy) }
        return nil
    }

    func report(_ name: Field, _ reason: String, _ remedy: String) {
        field.member(name.rawValue, .null).report(reason, remedy)
    }
}
