import FetchCore

extension ResponseStart {
    /// Returns an error with the host, the status and the delay that the response asks for.
    ///
    /// - Parameters:
    ///   - code: The kind of the error.
    ///   - problem: The problem as a clause about the host, such as "refused the file".
    ///   - remedy: The action that resolves it.
    /// - Returns: An error about the output of a job.
    func error(_ code: FetchError.Code, _ problem: String, remedy: String? = nil) -> FetchError {
        FetchError(code, "\(host) \(problem)", remedy: remedy).ofOutput(self)
    }

    /// The error for a status that isn't a success.
    var statusError: FetchError {
        let detail = StorageFailure(prefix).map { " (\($0.code))" } ?? ""
        switch status {
        case 401:
            return error(
                .unauthorized,
                "requires credentials for the file\(detail)",
                remedy: "The key is sent only to the provider's own hosts, and only if the output needs it."
            )
        case 402: return error(.paymentRequired, "requires a payment for the file\(detail)")
        case 403: return error(.outputExpired, "refused the file\(detail)", remedy: expiryRemedy)
        case 404, 410: return error(.outputExpired, "doesn't have the file\(detail)", remedy: expiryRemedy)
        case 408: return error(.requestTimeout, "didn't process the request in time")
        case 409, 421, 423, 425, 449:
            return error(.temporarilyRefused, "can't send the file at the moment\(detail)")
        case 429: return error(.rateLimited, "limits the request rate\(detail)")
        case 300..<400: return error(.redirected, "redirected the request in a way that can't be followed")
        case 500...: return error(.serverError, "failed\(detail)")
        default: return error(.badRequest, "refused the request for the file\(detail)")
        }
    }

    private var expiryRemedy: String { "Poll the job again: its response may have another link." }

    /// The error if the body isn't what was promised. `nil` if it may be.
    func substituteError(_ format: FileFormat?, promised: PromisedContent) -> FetchError? {
        if prefix.isEmpty, isWhole || contentLength == 0 {
            return promised.isBinary ? error(.unexpectedOutput, "sent an empty file") : nil
        }
        switch promised.comparison(with: format) {
        case .plausible: return nil
        case .substitute:
            let kind = format == .html ? "a web page" : format == .text ? "plain text" : "a document"
            return error(.unexpectedOutput, "sent \(kind) in place of the file")
        case .encoded:
            return error(
                .unexpectedOutput,
                "sent the file as base64",
                remedy: "Save it as text, and decode it afterwards."
            )
        }
    }
}

extension FetchError {
    /// The error with the status and the delay of a response about the output of a job that has ended.
    func ofOutput(_ response: ResponseStart) -> Self {
        var error = self
        error.httpStatus = response.status
        error.retryAfter = error.retryAfter ?? response.response.retryAfter
        error.hasJobEnded = true
        return error
    }

    /// The same error, not retryable.
    var permanent: Self {
        var error = self
        error.isRetryable = false
        return error
    }
}
