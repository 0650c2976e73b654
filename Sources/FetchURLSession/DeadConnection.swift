import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A request was lost since the kept connection that carried it turned out to be closed, before the response began.
///
/// The transport sends such a request once more at once: a poll is idempotent, whatever its method. The system does the same
/// by itself for GET and never for POST (Apple, Technical Q&A QA1941).
package struct DeadConnection: Error {
    /// The error for the caller if the request is lost again.
    let error: FetchError

    /// Whether an error of URLSession means that.
    ///
    /// - Parameters:
    ///   - error: The error that ended the task.
    ///   - responseBegan: Whether the head of a response had been received.
    ///   - reusedConnection: `URLSessionTaskTransactionMetrics.isReusedConnection` of the last transaction, nil if unknown.
    package static func caused(_ error: any Error, responseBegan: Bool, reusedConnection: Bool?) -> Bool {
        guard let error = error as? URLError, error.code == .networkConnectionLost else { return false }
        // A server that drops a new connection is left alone until the next poll.
        return !responseBegan && reusedConnection != false
    }
}
