import FetchCore

/// One or more places, of which the first counts at which something stands.
struct Places: Sendable, Hashable {
    let places: [Place]

    /// How a person would name them.
    let text: String

    /// Reads a place's text, or a list of such texts.
    init?(_ field: FieldReader) {
        let example = "data.status"
        let fields: [FieldReader]
        switch field.value {
        case .array([]):
            field.refuse("is an empty list", "Write a place, such as \"\(example)\", or leave the field out.")
            return nil
        case .array: fields = field.list(suchAs: "[\"\(example)\"]") ?? []
        default: fields = [field]
        }
        let places = fields.map { Self.place($0, suchAs: example) }
        guard !places.contains(nil) else { return nil }
        self.places = places.compactMap(\.self)
        text = fields.compactMap(\.value.string).joined(separator: " or ")
    }

    private static func place(_ field: FieldReader, suchAs example: String) -> Place? {
        guard let text = field.text(suchAs: example) else { return nil }
        do throws(Place.Flaw) {
            return try Place(text)
        } catch {
            field.refuse(error.reason, "Write the names of members, joined by dots, such as data.videos[0].url.")
            return nil
        }
    }

    func value(in answer: Answer) throws(FetchError) -> JSONValue? {
        for place in places {
            if let value = try place.value(in: answer) { return value }
        }
        return nil
    }

    /// What stands at the first of the places within a part of the body.
    ///
    /// An empty value counts only where there is no other.
    func value(in part: JSONValue) -> JSONValue? {
        let values = places.compactMap { $0.value(in: part) }
        return values.first { $0.unlessEmpty != nil } ?? values.first
    }
}
