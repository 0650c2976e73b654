import FetchCore
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The receiver of the events of one task of a session, which come one after another.
///
/// An exchange may end early, as by a cancellation. It then ignores further events.
protocol SessionExchange: Sendable {
    var request: FetchRequest { get }

    /// Receives the head of the response, whose body isn't too large as far as the head tells.
    func receive(_ head: HTTPURLResponse)

    /// Receives a part of the body.
    ///
    /// - Returns: False if the exchange has ended, so that the task is to be cancelled: with an error of its own if the
    ///   body is too large.
    func receive(_ data: Data) -> Bool

    /// Ends with what has been received, if that is a response.
    func endWithReceived()

    /// Notes if the connection was a reused one. `nil` if unknown.
    func note(reusedConnection isReused: Bool?)

    /// Ends since a reused connection was closed before the response.
    func endWithClosedConnection()

    /// Ends since the task has.
    ///
    /// - Parameters:
    ///   - error: The error of the task. `nil` if there is none.
    ///   - head: The head of the task's response. `nil` if there is none.
    func end(with error: (any Error)?, _ head: HTTPURLResponse?)

    /// Ends with an error, unless it has ended.
    func finish(throwing error: any Error)
}
