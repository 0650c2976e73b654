import FetchCore

/// An object of a document, whose fields are the cases of `Field` and no others.
struct ObjectReader<Field: RawRepresentable<String> & CaseIterable> {
    let field: FieldReader
    private let members: [String: JSONValue]

    /// The fields that a misspelt one stands for: they aren't missing besides.
    private var misspelt: Set<String> = []

    /// Reads an object, or notes that it is none. Fields that it doesn't know are noted here, whatever is read later.
    init?(_ field: FieldReader) {
        guard let members = field.value.object else {
            let names = Field.allCases.prefix(3).map(\.rawValue).joined(separator: ", ")
            field.refuseType("an object", "Write it in braces, with fields such as \(names).")
            return nil
        }
        self.field = field
        self.members = members
        let known = Field.allCases.map(\.rawValue)
        for name in members.keys.sorted() where !known.contains(name) && !field.problems.isFull {
            let missing = known.filter { members[$0] == nil }
            let near = NearWords(to: name, among: missing)
            field.member(name, .null).refuse("is not a field", near.remedy)
            if let nearest = near.nearest { misspelt.insert(nearest) }
        }
    }

    /// A field, or nil where it isn't there.
    subscript(_ name: Field) -> FieldReader? {
        members[name.rawValue].map { field.member(name.rawValue, $0) }
    }

    /// A field that has to be there.
    ///
    /// - Parameter remedy: What to do where it isn't.
    func required(_ name: Field, _ remedy: String) -> FieldReader? {
        if let field = self[name] { return field }
        if !misspelt.contains(name.rawValue) { refuse(name, "is missing", remedy) }
        return nil
    }

    func refuse(_ name: Field, _ reason: String, _ remedy: String) {
        field.member(name.rawValue, .null).refuse(reason, remedy)
    }
}
