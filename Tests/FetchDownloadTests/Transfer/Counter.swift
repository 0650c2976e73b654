import Synchronization

/// A count that several tasks share.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// Adds one.
    ///
    /// - Returns: The new count.
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
