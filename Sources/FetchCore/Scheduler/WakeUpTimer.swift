/// The time until which the scheduler sleeps.
///
/// There is one sleep at a time. A sleep that has become too long is cancelled; one that has become too short ends without effect.
struct WakeUpTimer: Sendable {
    /// A task that sleeps.
    struct Sleep: Sendable {
        let end: Duration
        let task: CancellableTask
    }

    /// The rest of the timer after it rang, so that jobs that are due soon after each other are polled together: a sleep and a wake-up
    /// cost more than many requests.
    static let rest = Duration.milliseconds(20)

    private var sleep: Sleep?
    private var restEnd: Duration = .zero

    var isSet: Bool { sleep != nil }

    /// Sets the timer to the next time at which something is due.
    ///
    /// - Returns: The sleep to begin; `nil` if the one that has begun will do, or if nothing is due.
    mutating func set(to next: Duration?) -> Sleep? {
        let end = next.map { max($0, restEnd) }
        if let end, let sleep, sleep.end <= end { return nil }
        sleep?.task.cancel()
        sleep = end.map { Sleep(end: $0, task: CancellableTask()) }
        return sleep
    }

    /// Notes that a sleep is over; false if it was replaced by another.
    mutating func ring(_ over: Sleep, at now: Duration) -> Bool {
        guard sleep?.task === over.task else { return false }
        sleep = nil
        restEnd = now + Self.rest
        return true
    }
}
