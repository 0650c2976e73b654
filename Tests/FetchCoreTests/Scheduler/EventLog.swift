import Synchronization

/// A thread-safe list of the events of a test.
final class EventLog<Event: Sendable>: Sendable {
    private let recorded = Mutex<[Event]>([])

    var events: [Event] { recorded.withLock { $0 } }

    @Sendable func record(_ event: Event) { recorded.withLock { $0.append(event) } }
}
