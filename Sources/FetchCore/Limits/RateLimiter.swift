/// A limiter of the rate at which requests begin, evenly spaced.
///
/// A request that waited for the rate and was woken a little late doesn't delay the ones behind it. Time in which no
/// request wanted to begin isn't made up for.
struct RateLimiter: Sendable {
    /// The lateness that is made up for: the interval of coalesced timers, and as much again until a thread is awake.
    private static let maximumLateness = TimerCoalescing.interval + TimerCoalescing.interval

    private var spacing: Duration
    private var isWaitedFor = false

    /// The time from which on another request may begin.
    private(set) var nextStart: Duration = .zero

    /// - Parameter spacing: The time between the beginnings of two requests.
    init(spacing: Duration) { self.spacing = spacing }

    /// Changes the time between the beginnings of two requests, the last one that has begun included.
    mutating func setSpacing(_ spacing: Duration) {
        nextStart = nextStart - self.spacing + spacing
        self.spacing = spacing
    }

    /// Notes whether a request waits for nothing but the rate.
    mutating func noteWaiting(_ isWaiting: Bool) { isWaitedFor = isWaiting }

    /// Notes that a request begins.
    mutating func begin(at now: Duration) {
        let lateness = isWaitedFor ? max(spacing, Self.maximumLateness) : .zero
        nextStart = max(nextStart, now - lateness) + spacing
        isWaitedFor = isWaitedFor && nextStart <= now
    }
}
