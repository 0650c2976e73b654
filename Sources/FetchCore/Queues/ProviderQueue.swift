import FetchDataStructures

/// The due jobs of a provider and account, and the limits within which their requests begin.
///
/// Providers don't affect each other, and neither do accounts.
struct ProviderQueue: Sendable {
    let provider: ProviderID

    private var queue = DueQueue()
    private var concurrency: ConcurrencyLimiter
    private var rate: RateLimiter
    private var pause = ProviderPause()
    private var budget = RetryBudget()

    /// The last progress of a job. Most pending jobs of a provider have equal progress, which is kept once.
    private(set) var lastResult = LastResult.none

    /// The jobs that are due while their subscribers are at capacity.
    var parked = ParkedJobs()

    /// The time of the timer that is set to begin the next request.
    var startTimer: Duration?

    /// The time at which the deadlines of the jobs in the queue are checked.
    var deadlineCheck: Duration?

    /// True if the queue is on the scheduler's list of work.
    private var isDispatchPending = false

    init(provider: ProviderID, limits: FetchLimits) {
        self.provider = provider
        concurrency = ConcurrencyLimiter(maximum: limits.clampedRequestsInFlight)
        rate = RateLimiter(spacing: limits.spacing)
    }

    var requestsInFlight: Int { concurrency.inFlight }
}

// The queue.
extension ProviderQueue {
    /// The number of jobs in the queue, those that have left it unnoticed included.
    var count: Int { queue.count }

    /// The jobs in the queue, those that have left it unnoticed included, in no order.
    var jobs: [SlotKey] { queue.unordered.map(\.job) }

    /// The job that became due first.
    var first: DueJob? { queue.first }

    /// Adds a job, and returns true if its deadline has to be watched.
    mutating func enqueue(_ job: SlotKey, due: Duration) -> Bool {
        queue.insert(job, due: due)
        return deadlineCheck != nil
    }

    /// A job whose turn it may be.
    enum Candidate {
        /// The first job in the queue, which stays in it.
        case queued(SlotKey)
        /// A job that was parked and became due before all in the queue, and isn't parked any more.
        case parked(SlotKey)
    }

    /// Returns the job that became due first, of those in the queue and those that were parked and can be resumed.
    mutating func nextCandidate() -> Candidate? {
        let first = queue.first
        if let job = parked.popFirst(before: first?.due) { return .parked(job) }
        return first.map { .queued($0.job) }
    }

    /// Notes that the queue is put on the scheduler's list of work; false if it is there already.
    mutating func requestDispatch() -> Bool {
        defer { isDispatchPending = true }
        return !isDispatchPending
    }

    /// Notes that the queue was taken off the list.
    mutating func beginDispatch() { isDispatchPending = false }

    /// Removes the first job.
    mutating func removeFirst() {
        queue.popFirst()
        if queue.isEmpty { rate.noteWaiting(false) }
    }

    /// Removes the jobs that have left the queue unnoticed.
    mutating func removeAll(where hasLeft: (SlotKey) -> Bool) { queue.removeAll(where: hasLeft) }

    /// Removes all jobs, since none of them is in the queue any more, and the timers.
    mutating func clear() {
        queue = DueQueue()
        (startTimer, deadlineCheck) = (nil, nil)
        rate.noteWaiting(false)
    }
}

// The limits.
extension ProviderQueue {
    /// Changes the limits. Requests in flight aren't affected.
    mutating func setLimits(_ limits: FetchLimits) {
        concurrency.setMaximum(limits.clampedRequestsInFlight)
        rate.setSpacing(limits.spacing)
    }

    /// Has no request begin before a time.
    mutating func pause(until end: Duration) { pause.set(until: end) }

    /// The time from which on a request may begin, as far as rate and pause go.
    private var earliestStart: Duration { max(rate.nextStart, pause.end) }

    /// The time before which the provider receives no request, since it has asked for a pause.
    var pauseEnd: Duration { pause.end }

    /// Sets the timer for the first job's request, and returns its time; `nil` if no timer is needed, since the queue
    /// is empty, a request has to end before, or a timer that isn't later is set.
    mutating func planStart() -> Duration? {
        guard !queue.isEmpty, concurrency.hasRoom else { return nil }
        let start = earliestStart
        if let startTimer, startTimer <= start { return nil }
        startTimer = start
        return start
    }

    /// The time at which a queue without jobs is as good as a new one, as far as rate and pause go.
    var memoryEnd: Duration { earliestStart }

    /// Returns the reason why jobs in the queue aren't polled now.
    func delay(at now: Duration) -> QueueDelay { pause.end > now ? .pause(pause.end - now) : .limits }

    /// Removes the first job and counts its request; false if no request may begin now.
    mutating func beginFirst(at now: Duration) -> Bool {
        guard concurrency.hasRoom, now >= earliestStart else {
            rate.noteWaiting(concurrency.hasRoom && pause.end <= rate.nextStart)
            return false
        }
        queue.popFirst()
        countRequest(at: now)
        return true
    }

    /// Counts a request of a job that isn't in the queue; false if none may begin now, or if jobs are queued before it.
    mutating func beginDirectly(at now: Duration) -> Bool {
        guard queue.isEmpty, concurrency.hasRoom, now >= earliestStart else { return false }
        countRequest(at: now)
        return true
    }

    private mutating func countRequest(at now: Duration) {
        concurrency.begin()
        rate.begin(at: now)
    }

    /// Notes that a request has ended.
    mutating func end() { concurrency.end() }
}

// What responses say about the provider.
extension ProviderQueue {
    /// Notes a successful request.
    mutating func noteSuccess(_ result: LastResult) {
        pause.reset()
        concurrency.noteSuccess()
        budget.refill()
        if case .pending = result { lastResult = result }
    }

    /// Notes a failed request, and returns the pause that the provider gets if it asked to slow down.
    mutating func note(_ error: FetchError, at now: Duration, longestPause: Duration) -> Duration? {
        guard error.code == .rateLimited else {
            pause.reset()
            return nil
        }
        let length = pause.begin(retryAfter: error.retryAfter, maximum: longestPause, at: now)
        if length != nil { concurrency.noteThrottle() }
        return length
    }

    /// Returns true if a failed request may be repeated soon. A retry takes from the ``RetryBudget``.
    mutating func mayRetrySoon(after error: FetchError) -> Bool {
        switch error.code {
        case .rateLimited, .jobNotFound, .outputExpired: true
        default: !error.isRetryable || budget.withdraw(for: error)
        }
    }
}
