/// The position of a poll among its requests.
struct PollPosition: Sendable {
    /// The number of failures of one follow-up in a row after which a poll begins with the request for the status: the
    /// server of the link may be gone for good, and a new response may have another link.
    private static let toleratedFailures = 5

    /// The number of the follow-up. Zero for the request for the status.
    private(set) var followUp = 0

    /// The bytes of all responses so far. What the endpoint keeps of them for its output takes about as much.
    private(set) var byteCount = 0

    /// The number of times in a row that the follow-up has failed.
    private(set) var failures = 0

    /// True if an earlier poll has received the link of the follow-up, so that it may have expired since.
    private(set) var isResumed = false

    /// True if a request has found the job done, so that the others are about its output.
    var isJobDone: Bool { followUp > 0 }

    /// Notes that a response has been read.
    mutating func noteResponse(_ bytes: Int) { byteCount += bytes }

    /// Begins the next follow-up.
    ///
    /// - Throws: ``FetchError`` if there have been too many.
    mutating func beginFollowUp() throws(FetchError) {
        followUp += 1
        failures = 0
        guard followUp <= FollowUpLimit.maximum else { throw FollowUpLimit.error }
    }

    /// Returns the position for the next poll after an error, which goes on at the follow-up; `nil` if it has to begin
    /// with the request for the status.
    func resumption(after error: FetchError) -> Self? {
        // An output that isn't there may have got another link.
        guard isJobDone, error.isRetryable, error.code != .outputExpired else { return nil }
        var position = self
        position.failures += 1
        position.isResumed = true
        return position.failures < Self.toleratedFailures && !error.mayReportExpiredLink ? position : nil
    }

    /// Returns an error of the request at this position with what the position tells about it.
    func completing(_ error: FetchError) -> FetchError {
        guard isJobDone else { return error }
        var error = error
        error.hasJobEnded = true
        // The next poll begins with the request for the status, whose response has a new link.
        if isResumed, error.mayReportExpiredLink { error.isRetryable = true }
        return error
    }
}

extension FetchError {
    /// True for the responses with which servers refuse an expired link. A storage service sends 400 or 403 for a
    /// signed link.
    fileprivate var mayReportExpiredLink: Bool {
        guard let httpStatus, (300..<500).contains(httpStatus) else { return false }
        let codes: [Code] = [.badRequest, .unauthorized, .forbidden, .redirected, .jobNotFound, .outputExpired]
        return codes.contains(code)
    }
}
