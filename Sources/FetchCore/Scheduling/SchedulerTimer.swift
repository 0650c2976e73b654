/// Until when the scheduler sleeps.
///
/// There is one sleep at a time. One that has become too long is cancelled, and one that has become too short rings in vain.
struct SchedulerTimer {
    /// A task that sleeps.
    struct Sleep {
        let end: Duration
        let worker: Worker
    }

    /// How long the timer rests after it rang, so that of very many jobs those that are due together are done together. To
    /// sleep and wake up costs more than many requests.
    static let rest = Duration.milliseconds(20)

    private var sleep: Sleep?
    private var restsUntil: Duration = .zero

    var isSet: Bool { sleep != nil }

    /// Sets the timer to the next moment at which something is due. Returns the sleep that has to begin, nil where the one that
    /// has begun will do, or where nothing is due.
    mutating func set(to next: Duration?) -> Sleep? {
        let end = next.map { max($0, restsUntil) }
        if let end, let sleep, sleep.end <= end { return nil }
        sleep?.worker.cancel()
        sleep = end.map { Sleep(end: $0, worker: Worker()) }
        return sleep
    }

    /// Notes that a sleep is over. Returns false for one that doesn't count any more.
    mutating func ring(_ over: Sleep, at now: Duration) -> Bool {
        guard sleep?.worker === over.worker else { return false }
        sleep = nil
        restsUntil = now + Self.rest
        return true
    }
}
