/// Where a request carries a job's id.
enum IDPlace {
    /// Refuses a request that would ask the same question for every job.
    ///
    /// - Parameter values: The parts of the id.
    static func require(
        for values: TemplateValues,
        in path: PathTemplate,
        or body: RequestBody?
    ) throws(FetchError) {
        guard try !path.hasPlace() else { return }
        // The body of an id that is more than one value may hold them one by one.
        let holds: (String) -> Bool
        switch body {
        case nil: holds = { _ in false }
        case .json(let members): holds = JSONValue.object(members).holds
        case .data(let data, _): holds = String(decoding: data, as: UTF8.self).contains
        }
        if values.values.allSatisfy(holds) { return }
        throw FetchError(
            .malformedEndpoint,
            "neither the path template \(Excerpt(path.text.withoutQueryValues)) nor the body has a place for the id",
            remedy: "Write {id} into the template, or put the id into the body."
        )
    }
}

extension JSONValue {
    /// Whether the text stands somewhere in the value, as a string or as a number.
    fileprivate func holds(_ text: String) -> Bool {
        switch self {
        case .string(let string): string.contains(text)
        case .integer(let number): String(number) == text
        case .array(let elements): elements.contains { $0.holds(text) }
        case .object(let members): members.values.contains { $0.holds(text) }
        case .null, .bool, .number: false
        }
    }
}
