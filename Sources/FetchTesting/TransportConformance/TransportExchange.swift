import FetchCore
import Synchronization

/// A request that is being sent by a transport.
final class TransportExchange: Sendable {
    /// The outcome of a request.
    enum Outcome: Sendable, CustomStringConvertible {
        case response(FetchResponse)
        case failure(any Error)
        /// Neither a response nor an error within the time limit.
        case nothing

        var description: String {
            switch self {
            case .response(let response): "\(response)"
            case .failure(let error as FetchError): "the error \(error.code): \(error.message)"
            case .failure(let error): "the error \(type(of: error)): \(error)"
            case .nothing: "neither a response nor an error within the time limit"
            }
        }
    }

    private let task: Task<Void, Never>
    private let outcomes: AsyncStream<Outcome>
    private let continuation: AsyncStream<Outcome>.Continuation

    /// Sends a request in a detached task.
    ///
    /// - Parameters:
    ///   - transport: The transport. `nil` ends the exchange with `CancellationError`.
    ///   - request: The request.
    ///   - isCancelled: True to cancel the task before it sends the request. Defaults to false.
    init(_ transport: (any FetchTransport)?, _ request: FetchRequest, isCancelled: Bool = false) {
        let (outcomes, continuation) = AsyncStream.makeStream(of: Outcome.self)
        (self.outcomes, self.continuation) = (outcomes, continuation)
        task = Task.detached {
            if isCancelled { withUnsafeCurrentTask { $0?.cancel() } }
            do {
                guard let transport else { throw CancellationError() }
                continuation.yield(.response(try await transport.send(request)))
            } catch {
                continuation.yield(.failure(error))
            }
        }
    }

    func cancel() { task.cancel() }

    /// Returns the outcome of the request. Can be called only once.
    ///
    /// When the time limit is reached, the request is cancelled and the function returns without waiting for its end.
    func outcome(within timeout: EventTimeout) async -> Outcome {
        let watchdog = Task.detached { [task, continuation] in
            guard await timeout.expires() else { return }
            continuation.yield(.nothing)
            task.cancel()
        }
        defer { watchdog.cancel() }
        for await outcome in outcomes { return outcome }
        return .nothing
    }
}
