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
        let followUps = object[.followUp].map { Self.followUps($0, id: id) } ?? []
        let isConditional = followUps?.allSatisfy { $0.when != nil } ?? true
        if let followUp = object[.followUp], object[.outputs] != nil, !isConditional {
            object.report(
                .outputs,
                "conflicts with the outputs of \(followUp.path)",
                "Move it into followUp, or write the conditions of the follow-up in followUp.when."
            )
        }
        let outputs: [OutputDeclaration]?
        if object[.followUp] == nil || object[.outputs] != nil {
            outputs = object.required(.outputs, "Write outputs, or followUp if the output takes another request.")?
                .outputs()
        } else {
            outputs = []
        }
        let failureOutputs = object[.failureOutputs].map { $0.outputs() } ?? []
        if let failureOutputs, failureOutputs.contains(where: \.isOptional) {
            object.report(.failureOutputs, "has an entry with optional, which each of them is", "Remove optional.")
        }
        guard let status, let followUps, let outputs, let failureOutputs else { return nil }
        self.failureOutputs = failureOutputs
        (self.status, self.followUps, self.outputs) = (status, followUps, outputs)
    }

    /// Reads one follow-up, or an array of them.
    private static func followUps(_ field: FieldReader, id: IDDeclaration?) -> [FollowUpDeclaration]? {
        guard let fields = field.oneOrSeveral(example: "{\"path\": \"videos/{id}/content\"}") else { return nil }
        let followUps = fields.map { FollowUpDeclaration($0, id: id) }
        guard !followUps.contains(where: { $0 == nil }) else { return nil }
        let read = followUps.compactMap(\.self)
        for (index, followUp) in read.enumerated() {
            guard let earlier = read[..<index].firstIndex(where: { $0.when.isImplied(by: followUp.when) }) else {
                continue
            }
            let hasSameConditions = read[earlier].when == followUp.when && followUp.when != nil
            fields[index].report(
                "is never sent, since \(fields[earlier].path) "
                    + (hasSameConditions ? "has the same conditions" : "applies to each of its responses"),
                "Remove one of the two, or change the conditions."
            )
        }
        return read
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
        let when = object[.when].map { When($0) }
        guard let target, let headers, let outputs else { return nil }
        if case .jsonBody? = authorization {
            object.report(.key, "a follow-up has no body", "Use a header, a query item or \"none\".")
        }
        self.when = when ?? nil
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
        let outputs = fields?.compactMap { OutputDeclaration($0) }
        reportContradictions(of: outputs ?? [], fields ?? [])
        return outputs
    }

    /// Reports an entry that takes the same value as an earlier one under the same conditions, in another form.
    private func reportContradictions(of outputs: [OutputDeclaration], _ fields: [FieldReader]) {
        guard outputs.count == fields.count else { return }
        for (index, output) in outputs.enumerated() {
            guard let earlier = outputs[..<index].firstIndex(where: { output.takesSameValue(as: $0) }) else { continue }
            fields[index].report(
                "takes the same value under the same conditions as \(fields[earlier].path)",
                "Remove one of the two, or change the conditions."
            )
        }
    }

    fileprivate func valuePaths(example: String) -> [String: ValuePaths]? {
        guard let members = members(example: example) else { return nil }
        return Dictionary(members.compactMap { name, field in ValuePaths(field).map { (name, $0) } }) { first, _ in
            first
        }
    }
}
