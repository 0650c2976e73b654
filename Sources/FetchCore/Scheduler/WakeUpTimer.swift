/// The time until which the scheduler sleeps.
///
/// There is one sleep at a time, and ``TimerCoalescing/interval`` between two. A sleep that has become too long is
/// cancelled; one that has become too short ends without effect.
struct WakeUpTimer: Sendable {
    /// A task that sleeps.
    struct Sleep: Sendable {
        let end: Duration
        let task: CancellableTask
    }

    private var sleep: Sleep?
    /// The end of the interval for coalescing after the last wake-up.
    private var earliestEnd: Duration = .zero

    var isSet: Bool { sleep != nil }

    /// Sets the timer to the next time at which something is due.
    ///
    /// - Returns: The sleep to begin; `nil` if the one that has begun will do, or if nothing is due.
    mutating func set(to next: Duration?) -> Sleep? {
        let end = next.map { max($0, earliestEnd) }
        if let end, let sleep, sleep.end <= end { return nil }
        sleep?.task.cancel()
        sleep = end.map { Sleep(end: $0, task: CancellableTask()) }
        return sleep
    }

    /// Notes that a sleep is over; false if it was replaced by another.
    mutating func ring(_ over: Sleep, at now: Duration) -> Bool {
        guard sleep?.task === over.task else { return false }
        sleep = nil
        earliestEnd = now + TimerCoalescing.interval
        return true
    }
}
