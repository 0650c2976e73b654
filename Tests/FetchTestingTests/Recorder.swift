import Synchronization

/// Remembers in which order things happened.
final class Recorder: Sendable {
    private let lines = Mutex<[String]>([])

    var notes: [String] { lines.withLock { $0 } }

    func note(_ line: String) { lines.withLock { $0.append(line) } }
}
