import FetchCore

extension ResponseDeclaration {
    /// Reads the fields that describe a response.
    ///
    /// - Parameters:
    ///   - object: The root of the manifest.
    ///   - id: The id declaration. `nil` if it is invalid; checks that depend on it are skipped.
    init?(_ object: ObjectReader<Declaration.Field>, id: IDDeclaration?) {
        let status = object.required(.status, "Write the path of the status and the meaning of its values.")
            .flatMap { StatusRules($0) }
        progress = object[.progress].flatMap { NumberDeclaration($0) }
        eta = object[.eta].flatMap { NumberDeclaration($0) }
        retryAfter = object[.retryAfter].flatMap { NumberDeclaration($0) }
        details = object[.details].flatMap { $0.valuePaths(example: "{\"queue\": \"queue_position\"}") } ?? [:]
        let followUp = object[.followUp].map { FollowUpDeclaration($0, id: id) }
        if object[.outputs] != nil, object[.followUp] != nil {
            object.report(
                .outputs,
                "conflicts with the outputs of followUp",
                "Move it into followUp, or remove followUp."
            )
        }
        let outputs: [OutputDeclaration]?
        if object[.followUp] == nil {
            outputs = object.required(.outputs, "Write outputs, or followUp if the output takes another request.")?
                .outputs()
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

extension FollowUpDeclaration {
    init?(_ field: FieldReader, id: IDDeclaration?) {
        guard let object = ObjectReader<Field>(field) else { return nil }
        let values = object[.values].map { $0.valuePaths(example: "{\"file\": \"file_id\"}") } ?? [:]
        let target = values.flatMap { Self.target(object, $0, id: id) }
        let authorization = object[.key].flatMap { Authorization($0) }
        let headers = object[.headers].map { $0.headers(besides: authorization) } ?? [:]
        let status = object[.status].map { StatusRules($0) }
        let outputs = object.required(.outputs, "Write the outputs of the follow-up response.")?.outputs()
        guard let target, let headers, let outputs else { return nil }
        if case .jsonBody? = authorization {
            object.report(.key, "a follow-up has no body", "Use a header, a query item or \"none\".")
        }
        self.target = target
        self.authorization = authorization.map { .custom($0) } ?? .inherited
        self.headers = headers
        self.status = status ?? nil
        self.outputs = outputs
    }

    private static func target(
        _ object: ObjectReader<Field>,
        _ values: [String: ValuePaths],
        id: IDDeclaration?
    ) -> Target? {
        switch (object[.path], object[.url]) {
        case (let path?, nil):
            let written = PlaceholderSyntax.names(in: path.value.string ?? "")
            let known = id?.kind == .url ? [] : id?.form.placeholderNames ?? Set(written)
            let further = Set(values.keys)
            guard let template = path.template(placeholders: known, values: further) else { return nil }
            for name in further.subtracting(template.placeholderNames).sorted() {
                object.report(
                    .path,
                    "has no placeholder {\(name)} for the entry of values",
                    "Add {\(name)} to the path, or remove the value."
                )
            }
            return .path(template, values)
        case (nil, let url?):
            if object[.values] != nil { object.report(.values, "applies only to a path", "Remove it.") }
            return ValuePaths(url).map(Target.url)
        case (nil, nil):
            object.field.report(
                "has neither path nor url",
                "Write a path, or the value path of the URL in the response."
            )
            return nil
        case (_?, _?):
            object.report(.url, "conflicts with path", "Remove one of the two.")
            return nil
        }
    }
}

extension FieldReader {
    fileprivate func outputs() -> [OutputDeclaration]? {
        let example = "[{\"at\": \"url\", \"as\": \"link\"}]"
        let fields = array(example: example)
        if fields?.isEmpty == true { report("is an empty array", "Write at least one output, such as \(example).") }
        return fields?.compactMap { OutputDeclaration($0) }
    }

    fileprivate func valuePaths(example: String) -> [String: ValuePaths]? {
        guard let members = members(example: example) else { return nil }
        return Dictionary(members.compactMap { name, field in ValuePaths(field).map { (name, $0) } }) { first, _ in
            first
        }
    }
}
