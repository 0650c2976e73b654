import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The error of a request whose reused connection was closed by the server before the response began.
///
/// The transport retries such a request once and immediately, since a poll is idempotent whatever its method. The
/// system itself retries a GET but never a POST (Apple, Technical Q&A QA1941).
package struct DeadConnection: Error {
    /// The error for the caller if the retry fails as well.
    let error: FetchError

    /// Returns true if an error of URLSession indicates a dead connection.
    ///
    /// - Parameters:
    ///   - error: The error that ended the task.
    ///   - responseBegan: True if the head of a response has been received.
    ///   - reusedConnection: `URLSessionTaskTransactionMetrics.isReusedConnection` of the last transaction. `nil` if
    ///     unknown.
    /// - Returns: True if the request can be retried.
    package static func caused(_ error: any Error, responseBegan: Bool, reusedConnection: Bool?) -> Bool {
        guard let error = error as? URLError, error.code == .networkConnectionLost else { return false }
        // If the server drops a new connection, the next request is the next poll.
        return !responseBegan && reusedConnection != false
    }
}
