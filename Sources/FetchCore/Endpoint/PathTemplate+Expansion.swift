extension PathTemplate {
    /// Returns the template with its placeholders replaced by percent-encoded values.
    ///
    /// - Parameter values: A value for each placeholder. Further values are ignored.
    /// - Returns: A relative path, without a leading slash.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint`` if a value is missing, or
    ///   ``FetchError/Code/invalidID`` if a value isn't a valid path segment.
    func expanded(with values: TemplateValues) throws(FetchError) -> String {
        var result = ""
        for part in try parts() {
            switch part {
            case .literal(let text):
                result += text
            case .placeholder(let name, let keepsSlashes):
                guard let value = values[name] else {
                    throw FetchError(
                        .malformedEndpoint,
                        "the path template \(rawValue) has the placeholder {\(name)}, but the only values are "
                            + values.names.sorted().map { "{\($0)}" }.joined(separator: ", "),
                        remedy: "Declare the values of the id in the endpoint's idForm."
                    )
                }
                result += try keepsSlashes ? Self.path(value) : Self.segment(value)
            }
        }
        return result
    }

    private static func segment(_ value: String) throws(FetchError) -> String {
        try IDText.validate(value)
        return PercentEncoding.encode(value)
    }

    private static func path(_ value: String) throws(FetchError) -> String {
        var segments: [String] = []
        // The split works on bytes. A slash and a combining accent are one `Character`, but the server sees a slash.
        for segment in value.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            segments.append(try Self.segment(String(Substring(segment))))
        }
        return segments.joined(separator: "/")
    }
}
