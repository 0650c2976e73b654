extension PathTemplate {
    /// The template with an id's values in their places.
    func expanded(with id: some FetchID) throws(FetchError) -> String {
        let values = id.templateValues
        var result = ""
        for part in try parts() {
            switch part {
            case .literal(let text):
                result += text
            case .place(let name, let keepsSlashes):
                guard let value = values[name] else {
                    throw FetchError(
                        .malformedEndpoint,
                        "the path template \(text) has a place for {\(name)}, and the id gives only "
                            + values.keys.sorted().map { "{\($0)}" }.joined(separator: ", ")
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
        for segment in value.split(separator: "/", omittingEmptySubsequences: false) {
            segments.append(try Self.segment(String(segment)))
        }
        return segments.joined(separator: "/")
    }
}
