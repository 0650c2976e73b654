extension JSONValue {
    /// Returns the value of a member that a response must have.
    ///
    /// ```swift
    /// let status = try body.required("data.status", as: \.string)
    /// ```
    ///
    /// - Parameters:
    ///   - path: A name or path, as for the subscript of a ``JSONValue``.
    ///   - property: The property that converts the value, such as `\.string`, `\.text` or `\.number`.
    /// - Returns: The converted value.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if there is no such value, if it is
    ///   `null`, or if it has another type. The message contains the path, and the names of the members that exist.
    public func required<Value>(_ path: String, as property: (JSONValue) -> Value?) throws(FetchError) -> Value {
        let value = try required(path)
        guard let converted = property(value) else {
            throw FetchError(
                .malformedResponse,
                "the response's \(path.onOneLine(maxLength: 80)) is \(value.kind), which isn't the expected type"
            )
        }
        return converted
    }

    /// Returns the value of a member that a response must have, of any type.
    ///
    /// - Parameter path: A name or path, as for the subscript of a ``JSONValue``.
    /// - Returns: The value, which isn't `null`.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if there is no such value, or if it
    ///   is `null`.
    public func required(_ path: String) throws(FetchError) -> JSONValue {
        if let value = self[path] { return value }
        throw FetchError(.malformedResponse, "the response has no \(path.onOneLine(maxLength: 80))\(existing(path))")
    }

    /// The existing part of a path, for errors: `; data has the members error and id`.
    private func existing(_ path: String) -> String {
        var path = (try? JSONPath(path)) ?? JSONPath()
        repeat { _ = path.steps.popLast() } while !path.steps.isEmpty && value(at: path) == nil
        let (value, name) = (value(at: path) ?? self, path.steps.isEmpty ? "it" : path.description)
        guard let members = value.object else { return "; \(name) is \(value.kind)" }
        guard !members.isEmpty else { return "; \(name) is an empty object" }
        let names = members.keys.sorted().prefix(10).joined(separator: ", ").onOneLine(maxLength: 120)
        return "; \(name) has the members \(names)\(members.count > 10 ? ", …" : "")"
    }
}
