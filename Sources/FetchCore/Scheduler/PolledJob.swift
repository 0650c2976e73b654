import FetchDataStructures

/// A job with subscriptions, or with a request of a caller's own.
struct PolledJob: Sendable {
    /// The state of a job.
    ///
    /// ```text
    /// idle, scheduled, parked → scheduled   the next request is due later
    /// idle, scheduled, parked → queued      the next request is due
    /// scheduled, parked → idle              no subscriber wants the next state any more
    /// queued → polling                      the provider's limits allow the request
    /// queued → idle                         all subscribers that wanted it have left
    /// queued → parked                       all subscribers that want it are at capacity
    /// polling → idle                        all plans know the response, or the request was cancelled
    /// ```
    enum State: Sendable {
        /// No subscriber wants the next state.
        case idle
        /// The next request is due later.
        case scheduled
        /// The next request is due, and the job is in its provider's queue.
        case queued(since: InNanoseconds)
        /// The next request is due, and all subscribers that want it are at capacity.
        case parked
        /// A request is in flight.
        case polling(request: UInt32, task: CancellableTask?)
    }

    let handle: EndpointHandle
    let id: String
    // Ordered to avoid padding.
    var subscriptions = SmallArray<Subscription>()
    private(set) var state = State.idle
    /// True if ``hurry(at:)`` was called while a request was in flight.
    private var mustHurry = false
    private var lastSubscription: UInt32 = 0

    /// The time of the timer that is set: when the next request is due, or when the first deadline is reached.
    @InNanosecondsOrNil var timer: Duration?

    @InNanosecondsOrNil private var lastRequest: Duration?
    /// The time of the last request that found the job pending.
    @InNanosecondsOrNil private var lastPending: Duration?

    init(_ handle: EndpointHandle, id: String) {
        self.handle = handle
        self.id = id
    }

    var accountJob: AccountJob { handle.accountJob(id) }

    var isQueued: Bool { if case .queued = state { true } else { false } }
    var isParked: Bool { if case .parked = state { true } else { false } }

    /// The time at which the first subscriber wants the next request.
    var due: Duration? {
        mutating get { subscriptions.least { $0.wantsNext ? $0.plan.due : nil } }
    }

    /// The time since which the job has been queued or polled.
    var dueSince: Duration? {
        switch state {
        case .queued(let since): since.wrappedValue
        case .polling: lastRequest
        case .idle, .scheduled, .parked: nil
        }
    }

    /// The first deadline of those that want the next state, if the job is queued or polled.
    var firstDeadline: Duration? {
        mutating get {
            guard let dueSince else { return nil }
            return subscriptions.least { $0.wantsNext ? $0.plan.deadline(dueSince: dueSince) : nil }
        }
    }

    /// Removes the subscriptions whose deadline is reached, if the job is queued or polled.
    mutating func removeExpired(at now: Duration) -> [Subscription] {
        guard let dueSince else { return [] }
        var expired: [Subscription] = []
        subscriptions.removeAll { subscription in
            guard subscription.plan.deadline(dueSince: dueSince) <= now else { return false }
            expired.append(subscription)
            return true
        }
        return expired
    }
}

// Subscriptions.
extension PolledJob {
    /// Adds a subscription that doesn't want the next state yet, and returns its number.
    mutating func subscribe(_ subscriber: any Subscriber, _ plan: PollPlan) -> UInt32 {
        lastSubscription += 1
        subscriptions.append(
            Subscription(subscriber: subscriber, plan: plan, number: lastSubscription, wantsNext: false)
        )
        return lastSubscription
    }

    /// Returns what another process needs to go on with the wait of a subscription.
    func interruption(of plan: PollPlan, at now: Duration, pauseEnd: Duration) -> InterruptedWait {
        plan.interruption(at: now, lastRequest: lastRequest, pauseEnd: pauseEnd)
    }

    /// The work that follows when a subscriber wants the next state.
    enum Demand {
        case unchanged
        /// The job is to be scheduled.
        case schedule
        /// A timer is to be set, for the next request or for a deadline.
        case timer(at: Duration)
        /// The deadline is to be watched while the job is in its provider's queue.
        case watch(deadline: Duration)
    }

    /// Notes that a subscriber wants the next state. It takes the same time whatever the number of subscriptions.
    mutating func want(_ index: Int, at now: Duration) -> Demand {
        let plan = subscriptions.update(index) { subscription in
            subscription.wantsNext = true
            return subscription.plan
        }
        switch state {
        case .idle, .scheduled, .parked:
            guard let due = plan.due, due > now else { return .schedule }
            if case .scheduled = state, let timer, timer <= due { return .unchanged }
            if isParked { return .schedule }
            state = .scheduled
            return .timer(at: due)
        case .queued(let since): return .watch(deadline: plan.deadline(dueSince: since.wrappedValue))
        case .polling:
            let deadline = plan.deadline(dueSince: lastRequest ?? now)
            if let timer, timer <= deadline { return .unchanged }
            return .timer(at: deadline)
        }
    }
}

// From idle, scheduled or parked.
extension PolledJob {
    /// The work that follows from ``schedule(at:)``.
    enum Schedule {
        case unchanged
        /// The job is to be put into its provider's queue.
        case queued(Int, due: Duration)
        /// A timer is to be set.
        case scheduled(due: Duration)
        /// The job has no subscription.
        case unused
    }

    /// Finds out when the next request is due, unless the job is queued or polled.
    mutating func schedule(at now: Duration) -> Schedule {
        guard !subscriptions.isEmpty else { return .unused }
        switch state {
        case .queued, .polling: return .unchanged
        case .idle, .scheduled, .parked: break
        }
        guard let due else {
            (state, timer) = (.idle, nil)
            return .unchanged
        }
        guard due <= now else {
            state = .scheduled
            return .scheduled(due: due)
        }
        enqueue(at: now)
        return .queued(handle.queue, due: due)
    }

    /// Puts a job into the queued state, whenever it is due.
    mutating func enqueue(at now: Duration) {
        (state, timer) = (.queued(since: InNanoseconds(wrappedValue: now)), nil)
    }

    /// Makes the job due now, or as soon as the shortest gap of each subscription is over.
    mutating func hurry(at now: Duration) {
        switch state {
        case .polling: mustHurry = true
        case .idle, .scheduled, .parked, .queued:
            subscriptions.updateAll { [lastRequest] in $0.plan.hurry(to: now, lastRequest: lastRequest) }
        }
    }
}

// From queued.
extension PolledJob {
    /// The decision about the first job in a provider's queue.
    enum Turn {
        case begin
        /// It has left the queued state, or was removed.
        case leave
        /// The deadline of a subscription is reached.
        case expire
        /// The subscriber that wanted it has left. The others want it later, or not at all.
        case reschedule
        /// All subscribers that want it are at capacity. It is parked for each of them.
        case park(due: Duration, for: [any Subscriber])
    }

    mutating func turn(at now: Duration) -> Turn {
        guard isQueued else { return .leave }
        if let firstDeadline, firstDeadline <= now { return .expire }
        guard let due, due <= now else {
            state = .idle
            return .reschedule
        }
        var hasRoom = false
        subscriptions.updateAll { hasRoom = hasRoom || ($0.wantsNext && !$0.subscriber.isAtCapacity) }
        if hasRoom { return .begin }
        (state, timer) = (.parked, nil)
        return .park(due: due, for: subscriptions.filter(\.wantsNext).map(\.subscriber))
    }

    /// Begins the request that the subscriptions want.
    ///
    /// - Returns: The request, and the first deadline if that is before the request's timeout.
    mutating func begin(
        _ job: SlotKey,
        number: UInt32,
        _ task: CancellableTask,
        _ lastResult: LastResult,
        _ durations: JobDurations?,
        _ interruption: InterruptedPoll?,
        at now: Duration
    ) -> (PollRequest, deadline: Duration?) {
        let request = PollRequest(
            job: job,
            number: number,
            task: task,
            handle: handle,
            id: id,
            time: now,
            timeout: longestTimeout(at: now) ?? .zero,
            interruption: interruption,
            longestPause: subscriptions.least { $0.plan.policy.gaps.upperBound } ?? .zero,
            plans: PlanUpdates(of: &subscriptions),
            lastResult: lastResult,
            durations: durations
        )
        noteBegin(request)
        return (request, firstDeadline(before: now + request.timeout))
    }

    /// Returns the longest timeout of all, since any of those that want the next state may wait that long.
    private mutating func longestTimeout(at now: Duration) -> Duration? {
        let dueSince = dueSince ?? now
        let untilTimeout = subscriptions.least { subscription -> Duration? in
            subscription.wantsNext ? .zero - subscription.plan.timeout(at: now, dueSince: dueSince) : nil
        }
        return untilTimeout.map { .zero - $0 }
    }

    private mutating func firstDeadline(before end: Duration) -> Duration? {
        firstDeadline.flatMap { $0 < end ? $0 : nil }
    }

    /// Notes that a request begins.
    mutating func noteBegin(_ request: PollRequest) {
        state = .polling(request: request.number, task: request.task)
        (lastRequest, timer, mustHurry) = (request.time, nil, false)
    }
}

// From polling.
extension PolledJob {
    /// The result of ``receive(_:to:_:)``.
    enum Reception {
        /// It isn't the response to the request in flight.
        case ignored
        /// Subscriptions have come meanwhile, whose plans have to take the response into account as well.
        case incomplete
        /// The plans are taken, and the events are to be delivered. The job was found pending by an earlier request at
        /// `lastPending`, and was done at `completion`, as far as that is known.
        case taken(events: [(any Subscriber, PollEvent)], lastPending: Duration?, completion: CompletedJob?)
    }

    /// Takes a response and the plans that have taken it into account, and removes the subscriptions that have ended.
    mutating func receive(_ response: PollResponse, to request: PollRequest, _ plans: inout PlanUpdates) -> Reception {
        guard case .polling(request.number, _) = state else { return .ignored }
        guard !plans.addNewcomers(of: &subscriptions) else { return .incomplete }
        let before = lastPending
        var completion: CompletedJob?
        if response.isPending {
            lastPending = request.time
        } else if response.isSuccess {
            // The subscription that knows the job's age knows best when it was done.
            subscriptions.updateAll { subscription in
                guard let known = subscription.plan.completion(at: response.time) else { return }
                if completion.map({ $0.firstDone < known.firstDone }) ?? true { completion = known }
            }
        }
        let events = take(&plans)
        (state, timer) = (.idle, nil)
        if mustHurry { hurry(at: response.time) }
        return .taken(events: events, lastPending: before, completion: completion)
    }

    /// Takes back the plans, removes the subscriptions that have ended, and returns the events.
    private mutating func take(_ plans: inout PlanUpdates) -> [(any Subscriber, PollEvent)] {
        var events: [(any Subscriber, PollEvent)] = []
        var next = 0
        subscriptions.removeAll { subscription in
            // Those in between have unsubscribed.
            while plans.updates.update(next, { $0.number != subscription.number }) { next += 1 }
            let event = plans.updates.update(next) { update in
                // Swapped, since a copy would count the references of each.
                swap(&subscription.plan, &update.plan)
                let event = update.event.take()
                if case .update = event { subscription.wantsNext = update.waitsForEnd }
                return event
            }
            guard let event else { return false }
            events.append((subscription.subscriber, event))
            return event.isTerminal
        }
        return events
    }

    /// Notes that a poll goes on with a follow-up, since it has found the job done.
    ///
    /// - Returns: The follow-up's timeout, and the first deadline if that is before it; `nil` if the poll isn't in
    ///   flight.
    mutating func beginFollowUp(of request: PollRequest, at now: Duration) -> (timeout: Duration, deadline: Duration?)?
    {
        guard isPolled(by: request) else { return nil }
        subscriptions.updateAll { $0.plan.noteFollowUp(at: now) }
        // A caller that polls in its own task has no subscription.
        let timeout = request.task == nil ? request.timeout : longestTimeout(at: now) ?? request.timeout
        return (timeout, firstDeadline(before: now + timeout))
    }

    /// Returns true if a request is in flight.
    func isPolled(by request: PollRequest) -> Bool {
        if case .polling(request.number, _) = state { true } else { false }
    }

    /// Notes that the caller's task, which sends the request, was cancelled; false if the request isn't in flight.
    mutating func abandon(_ request: PollRequest, at now: Duration) -> Bool {
        guard isPolled(by: request) else { return false }
        state = .idle
        if mustHurry { hurry(at: now) }
        return true
    }
}
