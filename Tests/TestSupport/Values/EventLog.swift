import Synchronization

/// A thread-safe list of the events of a test, in the order in which they were recorded.
package final class EventLog<Event: Sendable>: Sendable {
    private let recorded = Mutex<[Event]>([])

    /// Creates an empty log.
    package init() {}

    /// All events so far.
    package var events: [Event] { recorded.withLock { $0 } }

    /// Appends an event. Can be called from any thread.
    @Sendable package func record(_ event: Event) { recorded.withLock { $0.append(event) } }
}
