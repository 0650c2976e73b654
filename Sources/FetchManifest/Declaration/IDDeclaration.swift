import FetchCore

/// What the id of a job is.
struct IDDeclaration: Sendable {
    enum Field: String, CaseIterable {
        case type, form
    }

    enum Kind: String, Sendable, CaseIterable {
        case text, integer, url
    }

    let kind: Kind
    let form: IDForm

    static let text = Self(kind: .text, form: .whole)

    private init(kind: Kind, form: IDForm) {
        self.kind = kind
        self.form = form
    }

    init?(_ field: FieldReader) {
        guard let object = ObjectReader<Field>(field) else { return nil }
        let kind = object[.type].map { $0.choice(Kind.self) } ?? .text
        let form = object[.form].map { $0.text(suchAs: "{kind}/{task}", as: IDForm.init(_:)) } ?? .whole
        guard let kind, let form else { return nil }
        if kind != .text, object[.form] != nil {
            object.refuse(.form, "is for ids that are texts", "Leave it out, or write \"type\": \"text\".")
            return nil
        }
        if form.placeNames.contains("id"), !["{id}", "{+id}"].contains(form.text) {
            object.refuse(.form, "{id} is the id as a whole", "Give that part of it another name.")
            return nil
        }
        self.init(kind: kind, form: form)
    }
}

extension IDForm {
    /// The names of the values.
    var placeNames: Set<String> { text.placeNames }
}

extension String {
    /// The names in braces in a template that is well formed.
    var placeNames: Set<String> {
        let parts = split(separator: "{", omittingEmptySubsequences: false).dropFirst()
        return Set(parts.map { $0.prefix { $0 != "}" } }.map { String($0.hasPrefix("+") ? $0.dropFirst() : $0) })
    }
}
