extension PathTemplate {
    /// The template with values in its places.
    func expanded(with values: TemplateValues) throws(FetchError) -> String {
        var result = ""
        for part in try parts() {
            switch part {
            case .literal(let text):
                result += text
            case .place(let name, let keepsSlashes):
                guard let value = values[name] else {
                    throw FetchError(
                        .malformedEndpoint,
                        "the path template \(text) has a place for {\(name)}, and there is only a value for "
                            + values.names.sorted().map { "{\($0)}" }.joined(separator: ", "),
                        remedy: "Name the parts of the id in the endpoint's idForm."
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
        // A slash with an accent on it is one character, and still a slash to a server.
        for segment in value.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            segments.append(try Self.segment(String(Substring(segment))))
        }
        return segments.joined(separator: "/")
    }
}
