#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension FetchError {
    /// Returns the error with the response that it is about, if the job has ended and no further request can help.
    ///
    /// - Parameters:
    ///   - response: The response, in which keys are redacted.
    ///   - isJobDone: True if an earlier response has found the job done.
    /// - Returns: The error.
    func keeping(_ response: FetchResponse, isJobDone: Bool) -> Self {
        guard hasJobEnded || isJobDone, !isRetryable, code != .jobFailed else { return self }
        var error = self
        error.unreadResponse = UnreadResponse(
            status: response.status,
            contentType: response.headers["Content-Type"],
            url: response.url,
            receivedAt: response.receivedAt,
            body: Data(response.body.prefix(UnreadResponse.maximumLength)),
            isTruncated: response.body.count > UnreadResponse.maximumLength
        )
        return error
    }
}
