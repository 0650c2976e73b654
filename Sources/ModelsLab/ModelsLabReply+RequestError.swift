import FetchCore

extension ModelsLabReply {
    /// The error if the response reports a failed request. `nil` if it reports the state of the job.
    ///
    /// ModelsLab sends errors with a matching HTTP status, and also with 200. A known error code takes precedence, then
    /// the HTTP status, then the message. A 400 can mean anything, so its message takes precedence if it is a known
    /// one. A 403 or 429, as status or as code, is insufficient balance if the message says that the credits are used
    /// up: waiting doesn't help.
    ///
    /// With HTTP 200, the `status` field decides how the message is interpreted. `failed` refers to the job, which can
    /// fail for any reason, including a rate limit inside ModelsLab. `error` can also refer to the request.
    var requestError: FetchError? {
        guard !isHTTPSuccess || status == "failed" || status == "error" else { return nil }
        if code?.lowercased() == "provider_error" { return nil }
        if let error = errorFromCode { return error }
        if response.status == 400, let error = errorFromMessage { return error }
        guard isHTTPSuccess else {
            return error(forHTTPStatus: isOutOfCredits(insteadOf: response.status) ? 402 : response.status)
        }
        return status == "failed" ? unknownJobError : errorFromMessage ?? invalidRequestError
    }

    /// The error that the code or the message describes, for responses without a status.
    var errorFromCodeOrMessage: FetchError? { errorFromCode ?? errorFromMessage }

    /// The error that a known code stands for. `nil` for unknown codes and for numeric codes below 400.
    private var errorFromCode: FetchError? {
        guard let code = code?.lowercased() else { return nil }
        return (Self.httpStatusByCode[code] ?? Int(code).flatMap { $0 >= 400 ? $0 : nil }).map {
            error(forHTTPStatus: isOutOfCredits(insteadOf: $0) ? 402 : $0)
        }
    }

    /// True for a status with which servers also report that the credits are used up, if the message says so.
    private func isOutOfCredits(insteadOf status: Int) -> Bool {
        guard status == 403 || status == 429, let message else { return false }
        return RequestErrorMessage(message).isAboutCredits
    }

    /// The error that the message describes. Older servers send neither a code nor an HTTP status.
    private var errorFromMessage: FetchError? {
        message.flatMap { RequestErrorMessage($0).httpStatus }.map { error(forHTTPStatus: $0) }
    }

    /// The error for an unknown id, which servers report with the status `failed`.
    private var unknownJobError: FetchError? {
        message.map(RequestErrorMessage.init)?.beginsWithUnknownJob == true ? error(forHTTPStatus: 404) : nil
    }

    /// The error for an unknown code or a message by parameter.
    ///
    /// `provider_error` is the only code of a failed job, and only requests have parameters. So both refer to the
    /// request.
    private var invalidRequestError: FetchError? {
        if let code, Int(code) == nil {
            return error(forHTTPStatus: 400, message: message.map { "\(code): \($0)" } ?? code)
        }
        return hasMessageByParameter ? error(forHTTPStatus: 400) : nil
    }

    private static let httpStatusByCode = [
        "validation_error": 400, "invalid_request": 400,
        "invalid_api_key": 401, "unauthenticated": 401, "unauthorized": 401,
        "insufficient_balance": 402, "insufficient_credits": 402, "insufficient_quota": 402, "out_of_credits": 402,
        "no_subscription": 402,
        "forbidden": 403,
        "not_found": 404,
        "rate_limited": 429, "rate_limit_exceeded": 429,
        "internal_error": 500, "server_error": 500, "upstream_unavailable": 503,
    ]

    private func error(forHTTPStatus status: Int, message: String? = nil) -> FetchError {
        FetchError(
            httpStatus: response.status,
            treatedAs: status,
            detail: (message ?? self.message ?? code).map { Excerpt($0, maxLength: 300).description },
            retryAfter: retryAfter
        )
    }
}
