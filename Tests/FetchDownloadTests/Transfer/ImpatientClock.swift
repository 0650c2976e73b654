/// The continuous clock, on which the pauses between requests are over at once, and timeouts aren't.
///
/// Tests over sockets use it, since no virtual clock knows when a socket has delivered its bytes.
struct ImpatientClock: Clock {
    typealias Instant = ContinuousClock.Instant

    private static let longestPause = Duration.seconds(20)

    var now: Instant { .now }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        guard now.duration(to: deadline) > Self.longestPause else { return try Task.checkCancellation() }
        try await ContinuousClock().sleep(until: deadline, tolerance: tolerance)
    }
}
