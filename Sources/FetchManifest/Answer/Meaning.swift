import FetchCore

/// What a word in an answer means.
enum Meaning: String, Sendable, Hashable, CaseIterable {
    // States of a job.
    case pending, succeeded, failed, cancelled, expired, moderated
    // Reasons why the answer says nothing about the job.
    case badRequest, unauthorized, paymentRequired, forbidden, jobNotFound, rateLimited, serverError, malformedResponse
    // Neither: the next reading is to decide.
    case next
}

extension Meaning {
    /// How the job ended, where it ended without a result.
    var failure: JobFailure.Reason? {
        switch self {
        case .failed: .failed
        case .cancelled: .cancelled
        case .expired: .expired
        case .moderated: .moderated
        default: nil
        }
    }

    /// The HTTP status that says the same, where there is one.
    private var httpStatus: Int? {
        switch self {
        case .badRequest: 400
        case .unauthorized: 401
        case .paymentRequired: 402
        case .forbidden: 403
        case .jobNotFound: 404
        case .rateLimited: 429
        case .serverError: 500
        default: nil
        }
    }

    /// The error that an answer is.
    func error(_ answer: Answer, said words: String?, retryAfter: Duration?) -> FetchError {
        guard let httpStatus else {
            return answer.malformedResponseError(words.map { "the server says \(Excerpt($0))" } ?? "the answer makes no sense")
        }
        var error = FetchError(
            httpStatus: httpStatus,
            said: words.map { Excerpt($0).description },
            retryAfter: retryAfter
        )
        error.httpStatus = answer.response.status
        return error
    }
}
