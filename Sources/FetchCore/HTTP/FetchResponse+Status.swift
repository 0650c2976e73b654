extension FetchResponse {
    /// Throws where the HTTP status isn't 2xx.
    ///
    /// 401, 402 and 403 say that asking again is of no use; 404 is ``FetchError/Code/jobNotFound``, which a wait
    /// tolerates for a while; 408, 425, 429 and 5xx are transient. The error holds the first bytes of the body.
    public func requireSuccess() throws(FetchError) {
        guard !(200..<300).contains(status) else { return }
        throw FetchError(httpStatus: status, said: body.isEmpty ? nil : Excerpt(bytes: body).description)
    }
}

extension FetchError {
    /// The error for an HTTP status that isn't 2xx.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - meaning: The status that says what happened, where the provider's own code says more than the real one: an
    ///     empty account, 402, may come as 429, or as 200.
    ///   - words: What the server said about it.
    ///   - retryAfter: How long the body of the answer asked to wait.
    public init(
        httpStatus status: Int,
        meaning: Int? = nil,
        said words: String? = nil,
        retryAfter: Duration? = nil
    ) {
        let statusMeant = meaning ?? status
        let meaning = HTTPStatusMeaning(statusMeant)
        let quotation = words.map { ": \($0)" } ?? ""
        self.init(
            meaning.code,
            "\(meaning.sentence)\(quotation)",
            remedy: meaning.remedy,
            // Gone is for good.
            isRetryable: statusMeant == 410 ? false : nil,
            retryAfter: retryAfter
        )
        httpStatus = status
    }
}

/// What an HTTP status says about a fetch.
private struct HTTPStatusMeaning {
    let code: FetchError.Code
    let sentence: String
    var remedy: String?

    init(_ status: Int) {
        switch status {
        case 401:
            self.init(.unauthorized, "the server refused the key", "Check the key and the account that it belongs to.")
        case 402:
            self.init(.paymentRequired, "the account has run out", "Top up the account or renew its subscription.")
        case 403:
            self.init(.forbidden, "the key may not ask about this job", "Use the account that submitted the job.")
        case 404, 410:
            self.init(
                .jobNotFound,
                "the server doesn't know the job",
                "Check the id, the endpoint and the account; a job may also be too young to be known, or expired."
            )
        case 408, 425:
            self.init(.requestTimeout, "the server gave up on the request")
        case 429:
            self.init(.rateLimited, "the server asks to slow down", "Ask less often, or about fewer jobs at once.")
        case 300..<400:
            self.init(
                .redirected,
                "the server sent the request elsewhere, and redirects aren't followed",
                "Use the base URL that the provider documents."
            )
        case 500...:
            self.init(.serverError, "the server failed")
        default:
            self.init(.badRequest, "the server refused the request", "Check the id and the endpoint.")
        }
    }

    private init(_ code: FetchError.Code, _ sentence: String, _ remedy: String? = nil) {
        self.code = code
        self.sentence = sentence
        self.remedy = remedy
    }
}
