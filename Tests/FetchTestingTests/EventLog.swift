import Synchronization

/// A log of events in the order in which they were appended.
final class EventLog: Sendable {
    private let log = Mutex<[String]>([])

    var events: [String] { log.withLock { $0 } }

    func append(_ event: String) { log.withLock { $0.append(event) } }
}
