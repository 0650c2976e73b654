extension FetchError {
    static func malformedName(_ text: String, of kind: String, example: String) -> Self {
        let lowercased = text.lowercased()
        let isValidInLowercase = text != lowercased && NameGrammar.accepts(lowercased)
        return Self(
            .malformedName,
            "\(Excerpt(text)) is not the name of \(kind)",
            remedy: isValidInLowercase
                ? "Did you mean \(lowercased)?"
                : "Use words of a-z and 0-9 joined by single dots, hyphens or underscores, such as \(example)."
        )
    }

    static func invalidID(_ text: String, because problem: String, endpoint: EndpointName?) -> Self {
        var error = Self(
            .invalidID,
            "\(Excerpt(text, maxLength: 40)) can't be sent as an id: \(problem)",
            remedy: "Pass the id that the provider returned when the job was submitted."
        )
        error.endpoint = endpoint
        return error
    }

    /// Returns the error with the expected form of an id appended to its message, unless the message already contains
    /// it.
    func taking(_ expectation: String, by endpoint: EndpointName) -> Self {
        var error = self
        let clause = "\(endpoint) takes \(expectation)"
        if !message.contains(clause) { error.message += "; \(clause)" }
        return error
    }

    /// Returns the error for a job that ended without a result.
    package static func jobFailed(_ failure: JobFailure) -> Self {
        let removal = failure.reason == .expired ? "; the provider has removed the job or its output" : ""
        var error = Self(.jobFailed, "the job ended without a result, \(failure)\(removal)")
        error.failure = failure
        return error
    }

    /// The error of a call of `next()` while another task waits for the next element of the same iterator.
    static var concurrentIteration: Self {
        Self(
            .concurrentIteration,
            "another task waits for the next element of this iterator",
            remedy: "Iterate in one task, or give each task an iterator of its own."
        )
    }

    /// Returns the error that ends polling after a number of consecutive transient errors, of which this is the last.
    func repeated(_ times: Int) -> Self {
        var error = self
        if times > 1 { error.message += ", as the last of \(times) errors in a row" }
        return error
    }

    /// Returns the error that ends polling after a number of identical responses in a row that can't be read.
    func identical(_ times: Int) -> Self {
        var error = final
        error.message += "; \(times) requests in a row got this response"
        error.remedy = error.remedy ?? "Compare the endpoint's decoding with the provider's documentation."
        return error
    }

    /// True if another error reports the same: the same code and HTTP status, and for a response that can't be read
    /// also the same message, which contains the beginning of the body.
    func isAlike(_ other: Self) -> Bool {
        code == other.code && httpStatus == other.httpStatus
            && (code != .malformedResponse || message == other.message)
    }

    /// The same error, not retryable: retries have been tried for long enough.
    var final: Self {
        var error = self
        error.isRetryable = false
        return error
    }

    /// Returns the error with an endpoint, an id and an account, unless they are already set.
    package func about(endpoint: EndpointName, id: String?, account: AccountID? = nil) -> Self {
        var error = self
        error.endpoint = error.endpoint ?? endpoint
        error.id = error.id ?? id
        error.account = error.account ?? account
        return error
    }
}
