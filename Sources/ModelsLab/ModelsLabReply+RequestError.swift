import FetchCore

extension ModelsLabReply {
    /// The error, where the reply is about the request and not about the job.
    ///
    /// Errors come with fitting HTTP statuses and with 200. A code that is known decides; then the HTTP status; then
    /// the message. 400 is said of anything, so there the message may know better.
    var requestError: FetchError? {
        guard !isHTTPSuccess || status == "failed" || status == "error" else { return nil }
        if code?.lowercased() == "provider_error" { return nil }
        if let error = errorByCode { return error }
        if isHTTPSuccess || response.status == 400, let error = errorByMessage { return error }
        return isHTTPSuccess ? nil : error(asFor: response.status)
    }

    /// What code and message say, where nothing else says anything.
    var errorInWords: FetchError? { errorByCode ?? errorByMessage }

    /// Codes that nobody knows, and those that are no error, decide nothing.
    private var errorByCode: FetchError? {
        guard let word = code?.lowercased() else { return nil }
        return (Self.httpStatusByCode[word] ?? Int(word).flatMap { $0 >= 400 ? $0 : nil }).map(error(asFor:))
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

    /// Older servers give neither a code nor an HTTP status, only words.
    private var errorByMessage: FetchError? {
        guard let words = message?.lowercased() else { return nil }
        return Self.httpStatusByWords.first { $0.words.contains(where: words.contains) }
            .map { error(asFor: $0.status) }
    }

    private static let httpStatusByWords: [(words: [String], status: Int)] = [
        (["rate limit", "too many requests"], 429),
        (["invalid api", "invalid key", "api key is", "key field is", "unauthorized", "unauthenticated"], 401),
        (
            [
                "out of credit", "not enough credit", "credits exhausted", "insufficient balance",
                "insufficient credit", "insufficient fund", "your wallet", "subscribe",
            ], 402
        ),
        (["request not found", "video not found", "id not found", "no request found"], 404),
        (["server error", "temporarily unavailable", "service unavailable", "bad gateway"], 500),
    ]

    private func error(asFor status: Int) -> FetchError {
        var error = FetchError(
            httpStatus: status,
            said: (message ?? code)?.quoted(longest: 300),
            retryAfter: retryAfter
        )
        error.httpStatus = response.status
        return error
    }
}
