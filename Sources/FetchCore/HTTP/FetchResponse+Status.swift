extension FetchResponse {
    /// Throws if the HTTP status isn't 2xx.
    ///
    /// The message of the error contains the beginning of the body.
    ///
    /// - Throws: ``FetchError`` with the code that ``FetchError/init(httpStatus:treatedAs:detail:retryAfter:)``
    ///   documents for the status, with two exceptions. 403 and 429 are ``FetchError/Code/paymentRequired`` if a code
    ///   in the JSON body reports an exhausted balance or quota, such as `insufficient_quota`. 403 is
    ///   ``FetchError/Code/rateLimited`` if a header field says that no request is left, such as
    ///   `X-RateLimit-Remaining: 0`.
    public func requireSuccess() throws(FetchError) {
        guard !(200..<300).contains(status) else { return }
        var error = FetchError(
            httpStatus: status,
            treatedAs: preciseStatus,
            detail: body.isEmpty ? nil : Excerpt(bytes: body).description
        )
        if error.code == .forbidden, isWebPage {
            error.remedy =
                "The response is a web page: a firewall in front of the API may block this network address. "
                + "Otherwise use the account that submitted the job."
        }
        throw error
    }

    /// The status that describes the error best.
    private var preciseStatus: Int {
        guard status == 403 || status == 429 else { return status }
        if let body = try? jsonValue(), PaymentCode.isPresent(in: body) { return 402 }
        return status == 403 && hasNoRequestsLeft ? 429 : status
    }
}

extension FetchError {
    /// Creates an error for an HTTP status that isn't 2xx.
    ///
    /// | status | code | retryable |
    /// |---|---|---|
    /// | 401 | ``Code/unauthorized`` | no |
    /// | 402 | ``Code/paymentRequired`` | no |
    /// | 403 | ``Code/forbidden`` | no |
    /// | 404 | ``Code/jobNotFound`` | yes: polling tolerates it during ``PollingPolicy/notFoundGrace`` |
    /// | 410 | ``Code/jobNotFound`` | no |
    /// | 408 | ``Code/requestTimeout`` | yes |
    /// | 409, 421, 423, 425, 449 | ``Code/temporarilyRefused`` | yes |
    /// | 429 | ``Code/rateLimited`` | yes |
    /// | other 4xx | ``Code/badRequest`` | no |
    /// | 3xx | ``Code/redirected`` | no |
    /// | 5xx | ``Code/serverError`` | yes |
    ///
    /// - Parameters:
    ///   - status: The HTTP status of the response.
    ///   - equivalent: The HTTP status that describes the error, if the provider's own error code is more precise than
    ///     the status of the response. For example, a provider may report an insufficient balance, which is 402, with
    ///     status 429 or 200. Defaults to `status`.
    ///   - detail: The provider's description of the error, which becomes part of the message. Defaults to none.
    ///   - retryAfter: The delay that the body of the response asks for. Defaults to none.
    public init(
        httpStatus status: Int,
        treatedAs equivalent: Int? = nil,
        detail: String? = nil,
        retryAfter: Duration? = nil
    ) {
        let equivalent = equivalent ?? status
        let meaning = HTTPStatusMeaning(equivalent)
        let quotation = detail.map { ": \($0)" } ?? ""
        self.init(
            meaning.code,
            "\(meaning.sentence)\(quotation)",
            remedy: meaning.remedy,
            // 410 Gone is permanent.
            isRetryable: equivalent == 410 ? false : nil,
            retryAfter: retryAfter
        )
        httpStatus = status
    }

    /// Creates an error for an HTTP status that isn't 2xx, with the delay in seconds that the body of the response asks
    /// for.
    ///
    /// `Duration.seconds(_:)` traps on NaN, infinity and large values, which a server may send. This initializer clamps
    /// the number to the range from zero to 100 years, and NaN becomes `nil`.
    ///
    /// - Parameters:
    ///   - status: The HTTP status of the response.
    ///   - equivalent: The HTTP status that describes the error, as in
    ///     ``init(httpStatus:treatedAs:detail:retryAfter:)``. Defaults to `status`.
    ///   - detail: The provider's description of the error, which becomes part of the message. Defaults to none.
    ///   - retryAfterSeconds: The delay in seconds. `nil` if the body contains none.
    public init(
        httpStatus status: Int,
        treatedAs equivalent: Int? = nil,
        detail: String? = nil,
        retryAfterSeconds: Double?
    ) {
        self.init(
            httpStatus: status,
            treatedAs: equivalent,
            detail: detail,
            retryAfter: retryAfterSeconds.flatMap(Duration.init(clampingSeconds:))
        )
    }
}
