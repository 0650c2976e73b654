/// What a provider is asked now and next, within its limits.
///
/// A provider that answers 429 is left alone for as long as it says, and then asked with half as many requests at once; each
/// answer after that gives a little of it back (additive increase, multiplicative decrease). Other providers notice nothing.
struct ProviderLane {
    let provider: ProviderID
    private let limits: FetchLimits
    private(set) var inFlight = 0
    private var allowance: Double
    private var nextStart: Duration = .zero
    /// Whether something waits for nothing but the rate.
    private var waitsForRate = false
    private var pausedUntil: Duration = .zero
    private var slowDownsInARow = 0
    private var ready = TimerQueue<JobSlot>()
    /// Jobs that are due, but whose waiters can't take more outcomes now.
    var held = HeldJobs()
    /// When a timer is set to begin what is in the line.
    var nextStartTimer: Duration?
    /// When the line is looked through for those whose time is over.
    var nextLook: Duration?
    private var commonWord = LastWord.none
    private var budget = RetryBudget()

    init(provider: ProviderID, limits: FetchLimits) {
        self.provider = provider
        self.limits = limits
        allowance = Double(limits.usableRequestsInFlight)
    }

    /// Puts something into the line, behind all that were due earlier.
    mutating func enqueue(_ slot: JobSlot, due: Duration) { ready.insert(slot, at: due) }

    /// The first in the line.
    var first: JobSlot? { ready.first }

    /// Since when the first in the line is due.
    var firstDue: Duration? { ready.nextTime }

    /// All in the line, those who have left it unnoticed included, in no order.
    var line: some Sequence<JobSlot> { ready.items }

    /// Drops those who have left the line unnoticed, and returns the others, in no order.
    mutating func removeAll(where hasLeft: (JobSlot) -> Bool) -> [JobSlot] {
        ready.removeAll { slot, _ in hasLeft(slot) }
        return Array(ready.items)
    }

    /// Drops all in the line, who have left it unnoticed, and all that was planned for it.
    mutating func clearLine() {
        ready = TimerQueue()
        (nextStartTimer, nextLook, waitsForRate) = (nil, nil, false)
    }

    /// Drops the first in the line.
    mutating func dropFirst() {
        _ = ready.popFirst()
        if ready.isEmpty { waitsForRate = false }
    }

    /// Takes the first out of the line, or returns false where no request may begin now.
    mutating func start(at now: Duration) -> Bool {
        guard mayStart(at: now), ready.popFirst() != nil else {
            waitsForRate = inFlight < mostInFlight && pausedUntil <= nextStart
            return false
        }
        noteStart(at: now)
        return true
    }

    /// Notes that a request begins which never stood in the line, or returns false where it has to.
    mutating func startAlone(at now: Duration) -> Bool {
        guard ready.isEmpty, mayStart(at: now) else { return false }
        noteStart(at: now)
        return true
    }

    private var mostInFlight: Int { max(Int(allowance), 1) }

    private func mayStart(at now: Duration) -> Bool { inFlight < mostInFlight && now >= earliestStart }

    /// What waited for the rate and was woken a little late doesn't delay what comes behind it. Time in which nothing wanted
    /// to begin isn't made up for.
    private mutating func noteStart(at now: Duration) {
        inFlight += 1
        let lateness = waitsForRate ? max(limits.spacing, Self.longestLateness) : .zero
        nextStart = max(nextStart, now - lateness) + limits.spacing
        waitsForRate = waitsForRate && nextStart <= now
    }

    /// The timer's rest, and as much again until a thread is awake.
    private static var longestLateness: Duration { SchedulerTimer.rest + SchedulerTimer.rest }

    /// How many stand in the line, those who have left it unnoticed included.
    var length: Int { ready.count }

    /// When to try again to start what is in the line; nil where the end of a request will tell.
    var nextTry: Duration? {
        guard !ready.isEmpty, inFlight < mostInFlight else { return nil }
        return earliestStart
    }

    /// When a request may begin, as far as rate and pauses go.
    private var earliestStart: Duration { max(nextStart, pausedUntil) }

    /// Notes that a request has ended without telling anything about the provider.
    mutating func finish() { inFlight -= 1 }

    /// An answer as it is kept, where it says that the job is pending: most of a provider's say the same, and are kept once.
    mutating func word(for answer: EndpointAsker.Answer) -> LastWord {
        guard case .success(.pending(let progress)) = answer else { return .none }
        commonWord = .pending(progress, orSame: commonWord)
        return commonWord
    }

    /// Notes that a request was answered as it should be.
    mutating func noteAnswer() {
        slowDownsInARow = 0
        allowance = min(allowance + 1 / allowance, Double(limits.usableRequestsInFlight))
        budget.refill()
    }

    /// Notes that a request failed, and returns for how long the provider is left alone, if it asked for that.
    ///
    /// - Parameter longestPause: What no hint is believed beyond.
    mutating func note(_ error: FetchError, at now: Duration, longestPause: Duration) -> Duration? {
        guard error.code == .rateLimited else {
            slowDownsInARow = 0
            return nil
        }
        // Requests that were on their way together are refused together: that is one reason to slow down, not many.
        guard now >= pausedUntil else { return nil }
        allowance = max(allowance / 2, 1)
        slowDownsInARow += 1
        let usual = Duration.seconds(1) * (1 << min(slowDownsInARow - 1, 6))
        let pause = (error.retryAfter ?? usual).clamped(to: .zero...longestPause)
        pausedUntil = now + pause
        return pause
    }

    /// Whether what failed may be repeated soon, as far as the budget goes.
    mutating func mayRetry(_ error: FetchError) -> Bool {
        switch error.code {
        case .rateLimited, .jobNotFound: true
        default: !error.isRetryable || budget.pay(for: error)
        }
    }
}
