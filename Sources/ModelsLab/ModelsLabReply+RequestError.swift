import FetchCore

extension ModelsLabReply {
    /// The error, where the reply is about the request and not about the job.
    ///
    /// Errors come with fitting HTTP statuses and with 200. A code that is known decides; then the HTTP status; then
    /// the message. 400 is said of anything, so there the message may know better.
    ///
    /// With HTTP 200 the status word tells how far the message is believed: `failed` is said of jobs, which may fail for
    /// any reason, an exhausted rate limit of a part of them included; `error` is said of requests as well.
    var requestError: FetchError? {
        guard !isHTTPSuccess || status == "failed" || status == "error" else { return nil }
        if code?.lowercased() == "provider_error" { return nil }
        if let error = errorByCode { return error }
        if response.status == 400, let error = errorByMessage { return error }
        guard isHTTPSuccess else { return error(asFor: response.status) }
        return status == "failed" ? errorOfUnknownJob : errorByMessage ?? errorOfUnknownKind
    }

    /// What code and message say, where nothing else says anything.
    var errorInWords: FetchError? { errorByCode ?? errorByMessage }

    /// Codes that nobody knows, and those that are no error, aren't among these.
    private var errorByCode: FetchError? {
        guard let word = code?.lowercased() else { return nil }
        return (Self.httpStatusByCode[word] ?? Int(word).flatMap { $0 >= 400 ? $0 : nil }).map { error(asFor: $0) }
    }

    /// Older servers give neither a code nor an HTTP status, only words.
    private var errorByMessage: FetchError? {
        message.flatMap { RequestErrorWords($0).httpStatus }.map { error(asFor: $0) }
    }

    /// What servers say of a job that they don't know, and call a failed one.
    private var errorOfUnknownJob: FetchError? {
        message.map(RequestErrorWords.init)?.beginsWithUnknownJob == true ? error(asFor: 404) : nil
    }

    /// The only code that marks a job is `provider_error`, and only requests have parameters: all else refuses the
    /// request, for whatever reason.
    private var errorOfUnknownKind: FetchError? {
        if let code, Int(code) == nil {
            return error(asFor: 400, said: message.map { "\(code): \($0)" } ?? code)
        }
        return isMessageByParameter ? error(asFor: 400) : nil
    }

    private static let httpStatusByCode = [
        "validation_error": 400, "invalid_request": 400,
        "invalid_api_key": 401, "unauthenticated": 401, "unauthorized": 401,
        "insufficient_balance": 402, "no_subscription": 402,
        "forbidden": 403,
        "not_found": 404,
        "rate_limited": 429, "rate_limit_exceeded": 429,
        "internal_error": 500, "server_error": 500, "upstream_unavailable": 503,
    ]

    private func error(asFor status: Int, said words: String? = nil) -> FetchError {
        var error = FetchError(
            httpStatus: status,
            said: (words ?? message ?? code).map { Excerpt($0, longest: 300).description },
            retryAfter: retryAfter
        )
        error.httpStatus = response.status
        return error
    }
}
