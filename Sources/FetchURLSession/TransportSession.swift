import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A URLSession with its delegate. Its connections are closed when it is released.
final class TransportSession: Sendable {
    private let session: URLSession
    private let delegate = SessionDelegate()
    private let streams: StreamSession

    /// Creates a session with its own connections.
    ///
    /// - Parameter configuration: The session's settings. The session copies them.
    init(_ configuration: URLSessionConfiguration) {
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: delegate.queue)
        streams = StreamSession(configuration)
    }

    // The session retains its delegate until it is invalidated.
    deinit { session.finishTasksAndInvalidate() }

    /// Sends a request and returns the response. Retries a request once if its reused connection was dead. Both
    /// attempts share the request's timeout.
    ///
    /// - Parameter request: The request.
    /// - Returns: The response.
    /// - Throws: `FetchError`, or `CancellationError` as soon as the task is cancelled.
    func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        let start = ContinuousClock.now
        do {
            return try await sendOnce(request, within: request.timeout)
        } catch is DeadConnection {
            try Task.checkCancellation()
            do {
                return try await sendOnce(request, within: request.timeout - start.duration(to: .now))
            } catch let dead as DeadConnection {
                throw dead.error
            }
        }
    }

    /// Sends a request and returns the head of its response, with a body that can be read after the release of this
    /// session.
    ///
    /// - Parameter request: The request. Its timeout counts until the head.
    /// - Returns: The response.
    /// - Throws: `FetchError`, or `CancellationError` as soon as the task is cancelled.
    func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        try await streams.stream(request)
    }

    private func sendOnce(_ request: FetchRequest, within timeout: Duration) async throws -> FetchResponse {
        let task = session.dataTask(with: try URLRequest(request))
        let exchange = URLSessionExchange(request)
        delegate.add(exchange, for: task)
        defer { delegate.remove(task) }
        let timer = SharedTimer.continuous.schedule(after: timeout) { [delegate] in
            exchange.finish(throwing: FetchError(URLError(.timedOut), from: request.url))
            delegate.cancel(task)
        }
        defer { SharedTimer.continuous.cancel(timer) }
        let response = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if exchange.begin(continuation) { task.resume() }
            }
        } onCancel: {
            exchange.finish(throwing: CancellationError())
            delegate.cancel(task)
        }
        return FetchResponse(response)
    }
}
