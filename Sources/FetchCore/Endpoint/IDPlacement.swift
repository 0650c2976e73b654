/// The check that a request contains the id of its job.
enum IDPlacement {
    /// Throws unless the path has a placeholder or the body contains the id.
    ///
    /// Without the id, the request would be the same for every job.
    ///
    /// - Parameters:
    ///   - values: The values of the id.
    ///   - path: The endpoint's path template.
    ///   - body: The body for this id.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint``.
    static func require(
        for values: TemplateValues,
        in path: PathTemplate,
        or body: RequestBody?
    ) throws(FetchError) {
        guard try !path.hasPlaceholder() else { return }
        // A body may contain the values of an id separately, so each value is looked for on its own.
        let contains: (String) -> Bool
        switch body {
        case nil: contains = { _ in false }
        case .json(let members): contains = JSONValue.object(members).contains
        case .data(let data, _): contains = { data.contains($0.utf8) }
        }
        if values.values.allSatisfy(contains) { return }
        throw FetchError(
            .malformedEndpoint,
            "neither the path template \(Excerpt(path.rawValue.withoutQueryValues)) nor the body contains the id",
            remedy: "Add the placeholder {id} to the template, or put the id into the body."
        )
    }
}

extension JSONValue {
    /// True if the value or a value nested in it is a string that contains the text, or an integer with that text.
    fileprivate func contains(_ text: String) -> Bool {
        switch self {
        case .string(let string): string.utf8.contains(text.utf8)
        case .integer(let number): String(number) == text
        case .array(let elements): elements.contains { $0.contains(text) }
        case .object(let members): members.values.contains { $0.contains(text) }
        case .null, .bool, .number: false
        }
    }
}
