import FetchCore

/// The type of a job id and, for an id with several values, its form.
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
        let form = object[.form].map { $0.string(example: "{kind}/{task}", as: IDForm.init(_:)) } ?? .whole
        guard let kind, let form else { return nil }
        if kind != .text, object[.form] != nil {
            object.report(.form, "applies only to ids of type text", "Remove it, or write \"type\": \"text\".")
            return nil
        }
        if form.placeholderNames.contains("id"), !["{id}", "{+id}"].contains(form.rawValue) {
            object.report(.form, "{id} stands for the whole id", "Rename this placeholder.")
            return nil
        }
        self.init(kind: kind, form: form)
    }
}

extension IDForm {
    var placeholderNames: Set<String> { Set(PlaceholderSyntax.names(in: rawValue)) }
}

extension PathTemplate {
    var placeholderNames: Set<String> { Set(PlaceholderSyntax.names(in: rawValue)) }
}
