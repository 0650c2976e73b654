import FetchCore

/// The meaning of a status value in a response.
enum Meaning: String, Sendable, Hashable, CaseIterable {
    // States of the job.
    case pending, succeeded, failed, cancelled, expired, moderated
    // Errors of the request. The response says nothing about the job.
    case badRequest, unauthorized, paymentRequired, forbidden, jobNotFound, rateLimited, serverError, malformedResponse
    // Undecided: the next rule applies.
    case next
}

extension Meaning {
    /// The reason of a job that ended without a result, or `nil` for any other meaning.
    var failure: JobFailure.Reason? {
        switch self {
        case .failed: .failed
        case .cancelled: .cancelled
        case .expired: .expired
        case .moderated: .moderated
        default: nil
        }
    }

    /// The equivalent HTTP status, or `nil` if HTTP has none.
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

    /// Returns the error for a response that says nothing about the job.
    func error(_ response: ParsedResponse, detail: String?) -> FetchError {
        guard let httpStatus else {
            return response.malformedResponseError(detail.map { "the server says \($0)" } ?? "unrecognised response")
        }
        return FetchError(httpStatus: response.response.status, treatedAs: httpStatus, detail: detail)
    }
}
