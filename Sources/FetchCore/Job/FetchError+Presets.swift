extension FetchError {
    static func malformedName(_ text: String, of kind: String, example: String) -> Self {
        let small = text.lowercased()
        let isOnlyLarge = text != small && NameGrammar.accepts(small)
        return Self(
            .malformedName,
            "\(Excerpt(text)) is not the name of \(kind)",
            remedy: isOnlyLarge
                ? "Did you mean \(small)?"
                : "Use words of a-z and 0-9 joined by single dots, hyphens or underscores, such as \(example)."
        )
    }

    static func invalidID(_ text: String, because flaw: String, endpoint: EndpointName?) -> Self {
        var error = Self(
            .invalidID,
            "\(Excerpt(text, longest: 40)) can't be sent as an id: \(flaw)",
            remedy: "Pass the id as the provider gave it when the job was submitted."
        )
        error.endpoint = endpoint
        return error
    }

    /// The same error, saying what the endpoint takes if it doesn't yet.
    func taking(_ expectation: String, by endpoint: EndpointName) -> Self {
        var error = self
        let words = "\(endpoint) takes \(expectation)"
        if !message.contains(words) { error.message += "; \(words)" }
        return error
    }

    /// The error for a job that ended without a result.
    static func jobFailed(_ failure: JobFailure) -> Self {
        var error = Self(.jobFailed, "the job ended without a result, \(failure)")
        error.failure = failure
        return error
    }

    /// The error that ends a wait after so many transient ones in a row.
    func repeated(_ times: Int) -> Self {
        var error = self
        if times > 1 { error.message += ", as the last of \(times) errors in a row" }
        return error
    }

    /// The same error, where asking again has been tried for long enough.
    var final: Self {
        var error = self
        error.isRetryable = false
        return error
    }

    /// The same error, with the job it is about. What is known already stays.
    package func about(endpoint: EndpointName, id: String?) -> Self {
        var error = self
        error.endpoint = error.endpoint ?? endpoint
        error.id = error.id ?? id
        return error
    }
}
