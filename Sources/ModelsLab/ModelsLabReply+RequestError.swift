import FetchCore

extension ModelsLabReply {
    /// The error, where the reply is about the request and not about the job.
    ///
    /// Errors come with fitting HTTP statuses and with 200. The code decides, where there is one; then the HTTP status;
    /// then the message.
    var requestError: FetchError? {
        if status == "failed" || status == "error" {
            if let code { return errorByCode(code) ?? errorByHTTPStatus }
            return errorByHTTPStatus ?? errorByMessage
        }
        return errorByHTTPStatus
    }

    private var errorByHTTPStatus: FetchError? {
        (200..<300).contains(httpStatus) ? nil : error(asFor: httpStatus)
    }

    /// `provider_error` and codes that nobody knows are about the job.
    private func errorByCode(_ code: String) -> FetchError? {
        let word = code.lowercased()
        guard let status = Self.httpStatusByCode[word] ?? Int(word).flatMap({ $0 >= 400 ? $0 : nil }) else {
            return nil
        }
        return error(asFor: status)
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
        let status = Self.httpStatusByWords.first { $0.words.contains(where: words.contains) }?.status
        return status.map(error(asFor:))
    }

    private static let httpStatusByWords: [(words: [String], status: Int)] = [
        (["rate limit", "too many requests"], 429),
        (
            ["invalid api key", "invalid api request", "invalid key", "api key is", "unauthorized", "unauthenticated"],
            401
        ),
        (["out of credit", "insufficient", "wallet", "subscribe", "not enough credit", "exhausted"], 402),
        (["request not found", "video not found", "id not found", "no request found"], 404),
        (["server error", "temporarily unavailable", "service unavailable", "bad gateway"], 500),
    ]

    private func error(asFor status: Int) -> FetchError {
        var error = FetchError(
            httpStatus: status,
            said: (message ?? code).map { "“\($0.prefix(300))”" },
            retryAfter: retryAfter
        )
        error.httpStatus = httpStatus
        return error
    }
}
