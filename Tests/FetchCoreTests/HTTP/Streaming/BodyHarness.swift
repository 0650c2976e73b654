import FetchCore
import Foundation
import Synchronization

/// A streamed body with its producer's end, and a record of what its reader asks of the producer.
final class BodyHarness: Sendable {
    let queue = BodyQueue()
    private let counts = Mutex((resumed: 0, stopped: 0))

    /// The number of times that the reader has resumed the producer.
    var resumed: Int { counts.withLock(\.resumed) }
    /// The number of times that the reader has stopped the producer.
    var stopped: Int { counts.withLock(\.stopped) }

    /// Creates the reader. It can be called once.
    func reader() -> BodyReader {
        BodyReader(queue) { [self] in
            counts.withLock { $0.resumed += 1 }
        } stoppingBy: { [self] in
            counts.withLock { $0.stopped += 1 }
        }
    }

    /// Creates the body instead of the reader. It can be called once.
    func body() -> StreamedResponse.Body { StreamedResponse.Body(reader()) }

    /// Appends bytes that the queue may refuse.
    func offer(_ bytes: Data) -> BodyQueue.Appended { bytes.withUnsafeBytes { queue.append($0) } }
}

extension BodyQueue.Appended {
    var isTaken: Bool { if case .taken = self { true } else { false } }
    var isFull: Bool { if case .full = self { true } else { false } }
    var isEnded: Bool { if case .ended = self { true } else { false } }
}
