import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The state of one request and the continuation of its caller. The first outcome resumes the caller; later ones are
/// ignored.
final class URLSessionExchange: SessionExchange {
    /// A response of the session. The caller's task converts it to a `FetchResponse`, to relieve the thread that all
    /// exchanges of the session share.
    struct ReceivedResponse: Sendable {
        let head: HTTPURLResponse
        var body = Data()
    }

    let request: FetchRequest
    private let outcome = Promise<ReceivedResponse>()
    private let received = Mutex<ReceivedResponse?>(nil)
    private let reusedConnection = Mutex<Bool?>(nil)

    init(_ request: FetchRequest) { self.request = request }

    /// Stores the caller's continuation. If the exchange is already finished, resumes it with the error and returns
    /// false.
    func begin(_ continuation: CheckedContinuation<ReceivedResponse, any Error>) -> Bool {
        outcome.resume(continuation)
    }

    /// The response that has been received so far. `nil` before its head is received and after the exchange is
    /// finished.
    private var response: ReceivedResponse? { outcome.isFulfilled ? nil : received.withLock { $0 } }

    func receive(_ head: HTTPURLResponse) { received.withLock { $0 = ReceivedResponse(head: head) } }

    func receive(_ data: Data) -> Bool {
        guard !outcome.isFulfilled else { return false }
        let isWithinLimit = received.withLock { received in
            guard var response = received else { return false }
            guard data.count <= request.responseLimit - response.body.count else { return false }
            // Releases the other copy, so that the body is uniquely referenced and grows in place.
            received = nil
            if response.body.isEmpty { response.body = data } else { response.body.append(data) }
            received = response
            return true
        }
        if !isWithinLimit { finish(throwing: request.responseTooLargeError) }
        return isWithinLimit
    }

    func endWithReceived() {
        if let response { finish(.success(response)) }
    }

    func note(reusedConnection isReused: Bool?) { reusedConnection.withLock { $0 = isReused } }

    /// Ends with ``DeadConnection``, so that the transport retries the request.
    func endWithClosedConnection() {
        finish(throwing: DeadConnection(error: FetchError(URLError(.networkConnectionLost), from: request.url)))
    }

    func end(with error: (any Error)?, _ head: HTTPURLResponse?) {
        if let error {
            finish(throwing: failure(error))
        } else if let response {
            finish(.success(response))
        } else if let head {
            // On Linux, this is the only event for a redirect with an invalid location.
            finish(.success(ReceivedResponse(head: head)))
        } else {
            finish(throwing: FetchError(URLError(.badServerResponse), from: request.url))
        }
    }

    func finish(throwing error: any Error) { finish(.failure(error)) }

    /// Returns the error of the exchange for an error of the session.
    private func failure(_ error: any Error) -> any Error {
        let fetchError = FetchError(error, from: request.url)
        #if canImport(FoundationNetworking)
            // There, a reused connection that was closed is another event.
            return fetchError
        #else
            let reused = reusedConnection.withLock { $0 }
            guard DeadConnection.caused(error, responseBegan: response != nil, reusedConnection: reused) else {
                return fetchError
            }
            return DeadConnection(error: fetchError)
        #endif
    }

    private func finish(_ result: Result<ReceivedResponse, any Error>) {
        outcome.fulfill(result)
        received.withLock { $0 = nil }
    }
}
