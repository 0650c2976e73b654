import Synchronization

/// A clock that jumps to the end of each pause between requests, and on which timeouts take their time.
///
/// Tests over sockets use it, since no virtual clock knows when a socket has delivered its bytes.
final class ImpatientClock: Clock {
    typealias Instant = ContinuousClock.Instant

    private static let longestPause = Duration.seconds(20)

    /// The time by which the clock is ahead of the continuous one.
    private let lead = Mutex(Duration.zero)

    var now: Instant { lead.withLock { .now + $0 } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let rest = lead.withLock { lead in
            let rest = (Instant.now + lead).duration(to: deadline)
            if rest > .zero, rest <= Self.longestPause { lead += rest }
            return rest
        }
        try Task.checkCancellation()
        if rest > Self.longestPause { try await ContinuousClock().sleep(for: rest, tolerance: tolerance) }
    }
}
