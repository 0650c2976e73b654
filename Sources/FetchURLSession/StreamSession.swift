import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A URLSession whose responses are streamed.
final class StreamSession: Sendable {
    private let session: URLSession
    private let delegate = SessionDelegate()

    /// Creates a session with its own connections.
    ///
    /// - Parameter configuration: The session's settings. The session copies them.
    init(_ configuration: URLSessionConfiguration) {
        session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: delegate.queue)
    }

    // The session retains its delegate until it is invalidated.
    deinit { session.finishTasksAndInvalidate() }

    /// Sends a request and returns the head of its response, with a body that keeps the session alive.
    ///
    /// - Parameter request: The request. Its timeout counts until the head.
    /// - Returns: The response.
    /// - Throws: `FetchError`, or `CancellationError` as soon as the task is cancelled.
    func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        try Task.checkCancellation()
        let task = session.dataTask(with: try URLRequest(request))
        let exchange = StreamExchange(request, task)
        delegate.add(exchange, for: task)
        // If this function throws, the release of the reader cancels the task.
        let reader = BodyReader(exchange.body) {
            exchange.resume()
        } stoppingBy: { [self] in
            delegate.cancel(task)
        }
        let timer = SharedTimer.continuous.schedule(after: request.timeout) {
            exchange.head.fulfill(.failure(FetchError(URLError(.timedOut), from: request.url)))
        }
        defer { SharedTimer.continuous.cancel(timer) }
        let head = try await withTaskCancellationHandler {
            task.resume()
            return try await exchange.head.wait()
        } onCancel: {
            exchange.head.fulfill(.failure(CancellationError()))
        }
        try Task.checkCancellation()
        return StreamedResponse(
            status: head.statusCode,
            headers: HeaderFields(head),
            body: StreamedResponse.Body(reader)
        )
    }
}
