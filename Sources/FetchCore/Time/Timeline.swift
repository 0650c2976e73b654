/// A clock whose times are durations since a fixed start.
///
/// Instants of `any Clock<Duration>` can't be subtracted, since their type is erased. A timeline opens the existential
/// once.
package struct Timeline: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let sleepUntil: @Sendable (Duration) async throws -> Void

    /// Creates a timeline that starts now.
    package init(_ clock: any Clock<Duration>) {
        if let clock = clock as? ContinuousClock {
            // Not generic, since each request reads the time some times.
            self.init(continuous: clock)
        } else {
            self.init(opening: clock)
        }
    }

    private init(continuous clock: ContinuousClock) {
        let start = clock.now
        elapsed = { start.duration(to: .now) }
        sleepUntil = { try await Self.sleep(until: start.advanced(by: $0), clock) }
    }

    private init(opening clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleepUntil = { try await Self.sleep(until: start.advanced(by: $0), clock) }
    }

    private static func sleep<Source: Clock<Duration>>(until end: Source.Instant, _ clock: Source) async throws {
        let tolerance = TimerTolerance.gap(of: clock.now.duration(to: end))
        try await clock.sleep(until: end, tolerance: tolerance)
    }

    /// The time since the start.
    package var now: Duration { elapsed() }

    /// Suspends until a time on the timeline. It returns immediately if the time has passed.
    ///
    /// The sleep may last longer by ``TimerTolerance/gap(of:)``.
    ///
    /// - Parameter time: The end of the sleep, as a duration since the start.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func sleep(until time: Duration) async throws {
        try Task.checkCancellation()
        guard time > now else { return }
        try await sleepUntil(time)
    }
}
