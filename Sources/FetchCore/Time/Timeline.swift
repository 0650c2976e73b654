/// A clock seen from one starting point: times are durations since then.
///
/// `any Clock<Duration>` can sleep but not subtract two of its instants; a timeline opens the clock once and can.
package struct Timeline: Sendable {
    private let elapsed: @Sendable () -> Duration
    private let sleepUntil: @Sendable (Duration) async throws -> Void

    /// Starts a timeline now.
    package init(_ clock: any Clock<Duration>) {
        self.init(opening: clock)
    }

    private init(opening clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleepUntil = { time in
            let end = start.advanced(by: time)
            let tolerance = TimerTolerance.gap(of: clock.now.duration(to: end))
            try await clock.sleep(until: end, tolerance: tolerance)
        }
    }

    /// The time since the start.
    package var now: Duration { elapsed() }

    /// Returns when the time has come, at once where it is past. The system may take ``TimerTolerance/gap(of:)`` longer.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    package func sleep(until time: Duration) async throws {
        try Task.checkCancellation()
        guard time > now else { return }
        try await sleepUntil(time)
    }
}
