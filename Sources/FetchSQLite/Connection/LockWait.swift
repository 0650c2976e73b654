#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The waits of one connection for the locks of others.
///
/// SQLite has no queue for its lock. So a connection looks each millisecond whether the lock is free, and one that has
/// held it for long leaves it free for a longer time than that.
final class LockWait {
    /// The time between two looks.
    private static let interval: UInt32 = 1_000
    /// The time for which the lock is left free, in microseconds.
    private static let pause: Duration = .microseconds(1_500)
    /// The length of a transaction from which on the lock is left free.
    private static let longTransaction: Duration = .milliseconds(5)

    /// The time after which a wait fails.
    var limit: Duration
    private var began: ContinuousClock.Instant?
    private var lockIsFreeUntil: ContinuousClock.Instant?

    init(limit: Duration) { self.limit = limit }

    /// Waits a little, and returns false if the time is over.
    ///
    /// - Parameter attempts: The number of looks at the lock that this wait has had.
    /// - Returns: True if the lock may be looked at again.
    func shouldLookAgain(after attempts: Int32) -> Bool {
        let now = ContinuousClock.now
        if attempts == 0 { began = now }
        guard let began, now - began < limit else { return false }
        usleep(Self.interval)
        return true
    }

    /// Leaves the lock free for a moment if this connection has just held it for long.
    func yield() {
        guard let end = lockIsFreeUntil else { return }
        lockIsFreeUntil = nil
        let rest = end - .now
        guard rest > .zero else { return }
        usleep(UInt32(rest / .microseconds(1)))
    }

    /// Notes that the connection has released the lock.
    func released(heldSince begin: ContinuousClock.Instant) {
        let now = ContinuousClock.now
        if now - begin >= Self.longTransaction { lockIsFreeUntil = now + Self.pause }
    }
}
