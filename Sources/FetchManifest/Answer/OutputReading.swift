import FetchCore

/// Where pieces of the output stand, and what they are.
struct OutputReading: Sendable {
    enum Field: String, CaseIterable {
        case each, at, `as`, mediaType, mediaTypeAt
    }

    /// Where the manifest says it: `outputs[0]`.
    private let field: String
    /// Where the list of the pieces stands, if there are several.
    let each: Places?
    /// Where the piece stands, in the body or in an element; nil for all of it.
    let at: Places?
    let form: OutputForm
    let mediaType: String?
    /// Where the media type stands, in the body or in an element.
    let mediaTypeAt: Places?

    init?(_ field: FieldReader) {
        guard let object = ObjectReader<Field>(field) else { return nil }
        self.field = field.path
        let form = object.required(.as, "Say what the piece is, such as \"as\": \"link\".")?
            .choice(OutputForm.self, calledOtherwise: ["url": .link])
        each = object[.each].flatMap(Self.placesInBody)
        at = object[.at].flatMap(Self.placesInBody)
        mediaTypeAt = object[.mediaTypeAt].flatMap(Self.placesInBody)
        mediaType = object[.mediaType].flatMap { $0.text(suchAs: "video/mp4") }
        if form == .file {
            for name in [Field.each, .at, .mediaTypeAt] where object[name] != nil {
                object.refuse(name, "is of no use where the whole body is the file", "Leave it out.")
            }
        }
        guard let form else { return nil }
        self.form = form
    }

    private static func placesInBody(_ field: FieldReader) -> Places? {
        guard let places = Places(field) else { return nil }
        let isInBody = places.places.allSatisfy { place in
            if case .json = place { true } else { false }
        }
        guard isInBody else {
            field.refuse("is no place in the answer's body", "Write the names of members, such as data.url.")
            return nil
        }
        return places
    }

    /// The field and where it looks, for errors.
    private var place: String {
        switch (each, at) {
        case (nil, nil): "\(field), the whole answer"
        case (nil, let at?): "\(field), at \(at.text)"
        case (let each?, nil): "\(field), one of \(each.text)"
        case (let each?, let at?): "\(field), at \(at.text) in one of \(each.text)"
        }
    }

    /// The pieces that are there.
    func artifacts(in answer: Answer) throws(FetchError) -> [Artifact] {
        if form == .file { return [try form.file(answer, mediaType: mediaType)] }
        let body = try answer.json()
        var artifacts: [Artifact] = []
        for part in each.map({ $0.value(in: body)?.parts ?? [] }) ?? [body] {
            guard let value = at.map({ $0.value(in: part) }) ?? part, !form.isNothing(value) else { continue }
            let mediaType = mediaTypeAt?.value(in: part)?.unlessEmpty?.string ?? mediaType
            artifacts += try form.artifacts(of: value, mediaType: mediaType, from: place)
        }
        return artifacts
    }
}

extension JSONValue {
    /// The elements of a list, or the members of an object in the order of their names. Any other value is its only part.
    fileprivate var parts: [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .object(let members): members.sorted { $0.key < $1.key }.map(\.value)
        default: [self]
        }
    }
}
