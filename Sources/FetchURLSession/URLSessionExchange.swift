import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The state of one request and the continuation of its caller. The first outcome resumes the caller; later ones are
/// ignored.
final class URLSessionExchange: Sendable {
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

    var isFinished: Bool { outcome.isFulfilled }

    /// Runs an action unless the exchange is finished. The exchange can't finish during the action.
    func ifUnfinished(_ action: () -> Void) { outcome.ifUnfulfilled(action) }

    /// The response that has been received so far. `nil` before its head is received and after the exchange is
    /// finished.
    var response: ReceivedResponse? { isFinished ? nil : received.withLock { $0 } }

    /// Stores the head of the response.
    func receive(_ head: HTTPURLResponse) { received.withLock { $0 = ReceivedResponse(head: head) } }

    /// Appends a part of the body. Returns false if the body exceeds the request's limit or the exchange is finished.
    func receive(_ data: Data) -> Bool {
        guard !isFinished else { return false }
        return received.withLock { received in
            guard var response = received else { return false }
            guard data.count <= request.responseLimit - response.body.count else { return false }
            // Releases the other copy, so that the body is uniquely referenced and grows in place.
            received = nil
            if response.body.isEmpty { response.body = data } else { response.body.append(data) }
            received = response
            return true
        }
    }

    /// Records if the connection was reused. `nil` if unknown.
    func record(reusedConnection isReused: Bool?) { reusedConnection.withLock { $0 = isReused } }

    /// Returns the error of the exchange for an error of the session.
    func failure(_ error: any Error) -> any Error {
        let fetchError = FetchError(error, from: request.url)
        let reused = reusedConnection.withLock { $0 }
        guard DeadConnection.caused(error, responseBegan: response != nil, reusedConnection: reused) else {
            return fetchError
        }
        return DeadConnection(error: fetchError)
    }

    func finish(returning response: ReceivedResponse) { finish(.success(response)) }

    func finish(throwing error: any Error) { finish(.failure(error)) }

    private func finish(_ result: Result<ReceivedResponse, any Error>) {
        outcome.fulfill(result)
        received.withLock { $0 = nil }
    }
}
