import Synchronization

/// Notes what happens, from any task.
final class Journal<Entry: Sendable>: Sendable {
    private let noted = Mutex<[Entry]>([])

    var entries: [Entry] { noted.withLock { $0 } }

    @Sendable func note(_ entry: Entry) { noted.withLock { $0.append(entry) } }
}
