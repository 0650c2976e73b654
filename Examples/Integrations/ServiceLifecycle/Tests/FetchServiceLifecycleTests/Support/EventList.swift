import Synchronization

/// A list of what has happened in a test, in its order.
final class EventList: Sendable {
    private let state = Mutex<[String]>([])

    /// The events so far.
    var events: [String] { state.withLock { $0 } }

    /// Adds an event.
    func add(_ event: String) { state.withLock { $0.append(event) } }
}
