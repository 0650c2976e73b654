import Synchronization

/// The queues whose last use has ended since they were last looked at.
///
/// A lease may end anywhere, also while the scheduler's lock is held.
final class EndedLeases: Sendable {
    private let queues = Mutex<[Int]>([])
    private let isEmpty = Atomic(true)

    /// Notes that a lease has ended.
    func append(_ queue: Int) {
        queues.withLock { queues in
            queues.append(queue)
            isEmpty.store(false, ordering: .releasing)
        }
    }

    /// Removes and returns the queue of each lease that has ended.
    func take() -> [Int] {
        guard !isEmpty.load(ordering: .acquiring) else { return [] }
        return queues.withLock { queues in
            isEmpty.store(true, ordering: .releasing)
            defer { queues = [] }
            return queues
        }
    }
}

/// The use of a provider's queue by an endpoint handle. A queue without leases is dropped when it is idle.
final class QueueLease: Sendable {
    private let queue: Int
    private let ended: EndedLeases

    init(of queue: Int, ended: EndedLeases) {
        self.queue = queue
        self.ended = ended
    }

    deinit { ended.append(queue) }
}
