import FetchCore
import Synchronization

/// A request on its way through a transport.
final class TransportExchange: Sendable {
    /// The end of a request.
    enum Outcome: Sendable, CustomStringConvertible {
        case response(FetchResponse)
        case failure(any Error)
        /// Neither a response nor an error in time.
        case nothing

        var description: String {
            switch self {
            case .response(let response): "\(response)"
            case .failure(let error as FetchError): "the error \(error.code): \(error.message)"
            case .failure(let error): "the error \(type(of: error)): \(error)"
            case .nothing: "neither a response nor an error in time"
            }
        }
    }

    private let task: Task<Void, Never>
    private let outcomes: AsyncStream<Outcome>
    private let continuation: AsyncStream<Outcome>.Continuation

    /// Begins a request.
    ///
    /// - Parameter isCancelled: Whether the task is cancelled before it sends the request.
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

    /// Returns the end of the request. Call it once.
    ///
    /// After `patience` the request is cancelled, and left behind if it doesn't react to that.
    func outcome(within patience: Patience) async -> Outcome {
        let watchdog = Task.detached { [task, continuation] in
            guard await patience.runsOut() else { return }
            continuation.yield(.nothing)
            task.cancel()
        }
        defer { watchdog.cancel() }
        for await outcome in outcomes { return outcome }
        return .nothing
    }
}
