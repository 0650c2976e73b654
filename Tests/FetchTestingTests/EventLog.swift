import Synchronization

/// A log of events in the order in which they were appended.
final class EventLog: Sendable {
    private let lines = Mutex<[String]>([])

    var events: [String] { lines.withLock { $0 } }

    func append(_ event: String) { lines.withLock { $0.append(event) } }
}
