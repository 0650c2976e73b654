/// A timer that fires every 20 ms and measures its largest delay.
struct Heartbeat {
    static let period = Duration.milliseconds(20)

    private let beats: Task<(count: Int, worst: Duration), Never>

    /// Starts the timer.
    init() {
        beats = Task.detached {
            var (count, worst) = (0, Duration.zero)
            var next = ContinuousClock.now + Self.period
            while !Task.isCancelled {
                try? await Task.sleep(until: next, tolerance: .zero)
                // stop() ends the sleep early.
                guard !Task.isCancelled else { break }
                let now = ContinuousClock.now
                worst = max(worst, now - next)
                count += 1
                next = now + Self.period
            }
            return (count, worst)
        }
    }

    /// Stops the timer and returns the number of beats and the largest delay.
    func stop() async -> (count: Int, worst: Duration) {
        beats.cancel()
        return await beats.value
    }
}
