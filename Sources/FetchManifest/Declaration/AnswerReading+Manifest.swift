import FetchCore

extension AnswerReading {
    /// - Parameter id: Nil where it can't be read; what depends on it isn't looked at then.
    init?(_ object: ObjectReader<Declaration.Field>, id: IDDeclaration?) {
        let status = object.required(.status, "Say where the status stands and which words mean what.")
            .flatMap { Status($0) }
        progress = object[.progress].flatMap { NumberReading($0) }
        eta = object[.eta].flatMap { NumberReading($0) }
        retryAfter = object[.retryAfter].flatMap { NumberReading($0) }
        details = object[.details].flatMap { $0.places(suchAs: "{\"queue\": \"queue_position\"}") } ?? [:]
        let followUp = object[.followUp].map { FollowUpReading($0, id: id) }
        if object[.outputs] != nil, object[.followUp] != nil {
            object.refuse(.outputs, "the follow-up has the output", "Move it into followUp, or leave followUp out.")
        }
        let outputs: [OutputReading]?
        if object[.followUp] == nil {
            outputs = object.required(.outputs, "Say where the output stands: outputs, or followUp.")?.outputs()
        } else {
            outputs = nil
        }
        guard let status else { return nil }
        self.status = status
        if let followUp = followUp.flatMap(\.self) {
            result = .followUp(followUp)
        } else if let outputs {
            result = .outputs(outputs)
        } else {
            return nil
        }
    }
}

extension FollowUpReading {
    init?(_ field: FieldReader, id: IDDeclaration?) {
        guard let object = ObjectReader<Field>(field) else { return nil }
        let values = object[.values].map { $0.places(suchAs: "{\"file\": \"file_id\"}") } ?? [:]
        let target = values.flatMap { Self.target(object, $0, id: id) }
        let authorization = object[.key].map { Authorization($0) }
        let headers = object[.headers].map { $0.headers(besides: authorization ?? nil) } ?? [:]
        let status = object[.status].map { Status($0) }
        let outputs = object.required(.outputs, "Say where the output stands in the second answer.")?.outputs()
        guard let target, let headers, let outputs else { return nil }
        if case .jsonBody? = authorization {
            object.refuse(.key, "a follow-up has no body", "Put the key into a header or the query, or write \"none\".")
        }
        self.target = target
        self.authorization = authorization ?? nil
        self.headers = headers
        self.status = status ?? nil
        self.outputs = outputs
    }

    private static func target(
        _ object: ObjectReader<Field>,
        _ values: [String: Places],
        id: IDDeclaration?
    ) -> Target? {
        switch (object[.path], object[.url]) {
        case (let path?, nil):
            let known = id?.kind == .url ? [] : id?.form.placeNames ?? Set(path.value.string?.placeNames ?? [])
            let further = Set(values.keys)
            guard let template = path.template(placesOf: known, allowing: further) else { return nil }
            for name in further.subtracting(template.text.placeNames).sorted() {
                object.refuse(
                    .path,
                    "has no place for {\(name)} of values",
                    "Write {\(name)} into it, or leave the value out."
                )
            }
            return .path(template, values)
        case (nil, let url?):
            if object[.values] != nil { object.refuse(.values, "is of use with a path only", "Leave it out.") }
            return Places(url).map(Target.url)
        case (nil, nil):
            object.field.refuse("has neither path nor url", "Write a path, or the place of the URL in the answer.")
            return nil
        case (_?, _?):
            object.refuse(.url, "is of no use beside a path", "Keep one of the two.")
            return nil
        }
    }
}

extension FieldReader {
    fileprivate func outputs() -> [OutputReading]? {
        let example = "[{\"at\": \"url\", \"as\": \"link\"}]"
        let fields = list(suchAs: example)
        if fields?.isEmpty == true { refuse("is an empty list", "Say where the output stands, such as \(example).") }
        return fields?.compactMap { OutputReading($0) }
    }

    fileprivate func places(suchAs example: String) -> [String: Places]? {
        guard let members = members(suchAs: example) else { return nil }
        return Dictionary(members.compactMap { name, field in Places(field).map { (name, $0) } }) { first, _ in first }
    }
}
