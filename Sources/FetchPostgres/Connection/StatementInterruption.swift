import Synchronization

/// A point at which the connections of a store are interrupted. For tests only.
package final class StatementInterruption: Sendable {
    /// The moment of an interruption.
    package enum Moment: Sendable {
        /// The connection is lost before the message is sent.
        case before
        /// The server has carried the message out, and its result is lost with the connection.
        case after
    }

    private struct State {
        var count = 0
        var hasInterrupted = false
    }

    private let moment: @Sendable (Int) -> Moment?
    private let state = Mutex(State())

    /// - Parameter moment: Returns the moment at which a message is interrupted, by its number from 1. `nil` if it
    ///   isn't.
    package init(_ moment: @escaping @Sendable (_ message: Int) -> Moment?) { self.moment = moment }

    /// True if a message was interrupted.
    package var hasInterrupted: Bool { state.withLock(\.hasInterrupted) }

    /// The number of messages so far.
    package var count: Int { state.withLock(\.count) }

    func next() -> Moment? {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        let moment = moment(number)
        if moment != nil { state.withLock { $0.hasInterrupted = true } }
        return moment
    }
}
