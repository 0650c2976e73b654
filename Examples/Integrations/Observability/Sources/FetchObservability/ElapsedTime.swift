/// The time since a beginning, on any clock.
struct ElapsedTime: Sendable {
    private let elapsed: @Sendable () -> Duration

    /// Begins now.
    init(on clock: any Clock<Duration>) { elapsed = Self.elapsed(on: clock) }

    /// The time since the beginning.
    var now: Duration { elapsed() }

    private static func elapsed<C: Clock<Duration>>(on clock: C) -> @Sendable () -> Duration {
        let beginning = clock.now
        return { beginning.duration(to: clock.now) }
    }
}
