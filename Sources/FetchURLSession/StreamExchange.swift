import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The state of one streamed response: its head, its body and the task that receives it.
final class StreamExchange: SessionExchange {
    let request: FetchRequest
    let head = Promise<HTTPURLResponse>()
    let body = BodyQueue()
    private let task: URLSessionDataTask
    private let receivedBytes = Mutex(0)
    #if !canImport(FoundationNetworking)
        private let isSuspended = Mutex(false)
    #endif

    /// Creates the exchange of a task that isn't started.
    init(_ request: FetchRequest, _ task: URLSessionDataTask) {
        self.request = request
        self.task = task
    }

    func receive(_ head: HTTPURLResponse) { self.head.fulfill(.success(head)) }

    /// Adds a part of the body to the queue.
    ///
    /// - Returns: False if the body exceeds the request's limit or isn't read any more.
    func receive(_ data: Data) -> Bool {
        let isWithinLimit = receivedBytes.withLock { count in
            count += data.count
            return count <= request.responseLimit
        }
        guard isWithinLimit else {
            finish(throwing: request.responseTooLargeError)
            return false
        }
        let appended = body.append(data)
        body.resumeReader()
        switch appended {
        case .taken: return true
        case .full: return pause()
        case .ended: return false
        }
    }

    func endWithReceived() { body.finish() }

    /// Does nothing, since a stream isn't sent again.
    func note(reusedConnection isReused: Bool?) {}

    func endWithClosedConnection() {
        finish(throwing: FetchError(URLError(.networkConnectionLost), from: request.url))
    }

    func end(with error: (any Error)?, _ head: HTTPURLResponse?) {
        if let error { return finish(throwing: FetchError(error, from: request.url)) }
        // On Linux, this is the only event for a redirect with an invalid location.
        if let head { receive(head) }
        let missingHead = FetchError(URLError(.badServerResponse), from: request.url)
        if !self.head.fulfill(.failure(missingHead)) { body.finish() }
    }

    /// Ends the exchange with an error, which the caller receives instead of the head, or the reader after the last
    /// part.
    func finish(throwing error: any Error) {
        if !head.fulfill(.failure(error)) { body.finish(throwing: error) }
    }
}

// Back-pressure.
extension StreamExchange {
    #if canImport(FoundationNetworking)
        /// The number of unread bytes beyond which an exchange ends: 64 MiB.
        private static let maximumUnreadBytes = 64 << 20

        /// Ends the exchange if its reader is too far behind. Returns false then.
        ///
        /// A task can't be paused there: `suspend()` removes its request from libcurl, which closes the connection, and
        /// it doesn't continue. A delegate that waits would keep one of Dispatch's few threads.
        private func pause() -> Bool {
            guard body.unreadBytes > Self.maximumUnreadBytes else { return true }
            let server = (try? Origin(of: request.url))?.description ?? "the server"
            finish(
                throwing: FetchError(
                    .connectionFailed,
                    "the body from \(server) is read too slowly, and URLSession on Linux can't be paused",
                    remedy: "Use CurlTransport (.curl) of FetchCurl on Linux."
                )
            )
            return false
        }

        /// Does nothing, since the task isn't paused.
        func resume() {}
    #else
        /// Suspends the task until the reader has caught up. Returns true.
        private func pause() -> Bool {
            updateTask()
            return true
        }

        /// Continues a paused exchange.
        func resume() { updateTask() }

        /// Suspends or resumes the task as the queue demands. The reader and the delegate call this at the same time,
        /// and the last call sees the latest demand.
        private func updateTask() {
            isSuspended.withLock { isSuspended in
                guard isSuspended != body.isPaused else { return }
                isSuspended.toggle()
                if isSuspended { task.suspend() } else { task.resume() }
            }
        }
    #endif
}
