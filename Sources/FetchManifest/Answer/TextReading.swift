import FetchCore

/// Where a text stands: `"message"`, or `{"at": "reasons", "between": "; "}` for one that is a list of texts.
struct TextReading: Sendable {
    enum Field: String, CaseIterable {
        case at, between
    }

    private let at: Places
    private let between: String

    init?(_ field: FieldReader) {
        guard case .object = field.value else {
            guard let at = Places(field) else { return nil }
            (self.at, between) = (at, ", ")
            return
        }
        guard let object = ObjectReader<Field>(field) else { return nil }
        let at = object.required(.at, "Say where the text stands, such as \"at\": \"message\".").flatMap(Places.init)
        let between = object[.between].map { $0.text(suchAs: "; ") } ?? ", "
        guard let at, let between else { return nil }
        (self.at, self.between) = (at, between)
    }

    /// The first text that stands at one of the places. A number or a truth value is one too, and so are the texts of a list.
    func text(in answer: Answer) -> String? {
        for place in at.places {
            guard let value = try? place.value(in: answer) else { continue }
            if let word = value.word { return word }
            let words = value.array?.compactMap(\.string) ?? []
            if !words.isEmpty { return words.joined(separator: between) }
        }
        return nil
    }
}
