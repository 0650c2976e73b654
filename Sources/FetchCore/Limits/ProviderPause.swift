/// The pause of a provider that has responded with 429, or that the caller has paused.
///
/// After a 429 it lasts for as long as the provider said, otherwise for a second after the first 429 in a row, and
/// twice as long after each further one, up to 64 s.
struct ProviderPause: Sendable {
    private var throttlesInARow = 0

    /// The time at which the pause ends, or ended.
    private(set) var end: Duration = .zero

    /// Notes a response that wasn't a 429.
    mutating func reset() { throttlesInARow = 0 }

    /// Has the pause end at a time, whatever caused it.
    mutating func set(until end: Duration) { self.end = end }

    /// Notes a 429, and returns the pause that follows, at most `maximum`; `nil` if there is a pause already, since
    /// requests that were in flight together are refused together.
    mutating func begin(retryAfter: Duration?, maximum: Duration, at now: Duration) -> Duration? {
        guard now >= end else { return nil }
        throttlesInARow += 1
        let usual = Duration.seconds(1) * (1 << min(throttlesInARow - 1, 6))
        let pause = (retryAfter ?? usual).clamped(to: .zero...maximum)
        end = now + pause
        return pause
    }
}
