import FetchDataStructures

/// The jobs of a client, and the decisions about when each is polled.
///
/// A value without tasks, clock or lock. Its class calls one function for each event, and then ``settle(at:)``, which
/// works off all that follows from the event and returns the actions to carry out. An event function never calls
/// another one.
struct SchedulerStateMachine {
    /// An action to carry out when the state is no longer locked.
    enum Action: Sendable {
        case begin(PollRequest)
        case deliver(PollEvent, AccountJob, any Subscriber)
        case cancel(CancellableTask)
        // Indirect, since an event is large, and few clients have an observer.
        indirect case record(FetchEvent)
    }

    /// Work that follows from an event.
    enum Work {
        /// Find out when a job's next request is due, or remove the job if it has no subscription.
        case schedule(SlotKey)
        /// Begin the requests of a provider's queue that its limits allow.
        case dispatch(Int)
    }

    /// A timer of a provider's queue.
    enum QueueEvent {
        /// A request may begin.
        case start
        /// The deadlines of the jobs in the queue have to be checked.
        case deadlineCheck
    }

    struct QueueTimer: Comparable {
        @InNanoseconds private(set) var time: Duration
        let queue: Int
        let event: QueueEvent

        static func < (one: Self, other: Self) -> Bool { one._time < other._time }
    }

    var jobs = JobTable()
    var queues = ProviderQueues()
    var records: EndpointRecords
    var subscribedJobs = SubscribedJobs()
    var parkingQueues = ParkingQueues()
    var interruptedPolls = InterruptedPolls<SlotKey>()
    var queueTimers = Heap<QueueTimer>()

    /// A task of the caller that is about to have nothing to do, and can send the next request.
    var availableTask: CancellableTask?

    private let isObserved: Bool
    private let limits: @Sendable (ProviderID) -> FetchLimits
    private var work: [Work] = []
    private var actions: [Action] = []
    private var lastNumber: UInt32 = 0

    init(
        durations: [EndpointName: JobDurations],
        isObserved: Bool,
        limits: @escaping @Sendable (ProviderID) -> FetchLimits
    ) {
        records = EndpointRecords(durations: durations)
        self.isObserved = isObserved
        self.limits = limits
    }

    /// The time at which ``advance(to:)`` has something to do; `nil` if there is no job.
    var nextTime: Duration? {
        guard !jobs.isEmpty else { return nil }
        guard let job = jobs.nextTimer, let queue = queueTimers.first?.time else {
            return jobs.nextTimer ?? queueTimers.first?.time
        }
        return min(job, queue)
    }

    /// Returns the number of the queue of a provider and account.
    mutating func queue(of provider: ProviderID, _ account: Account) -> Int {
        let id = ProviderQueues.ID(account: account.id, provider: provider)
        return queues.number(of: id, limits: account.limits(of: provider) ?? limits(provider))
    }

    /// Returns a number for a subscription or a request.
    mutating func nextNumber() -> UInt32 {
        lastNumber &+= 1
        return lastNumber
    }
}

// What events leave to be done.
extension SchedulerStateMachine {
    /// Notes that a job has to be scheduled, or removed if it has no subscription.
    mutating func needsSchedule(_ job: SlotKey) { work.append(.schedule(job)) }

    /// Notes that a provider's queue has to be dispatched.
    mutating func needsDispatch(_ queue: Int) {
        if queues[queue].requestDispatch() { work.append(.dispatch(queue)) }
    }

    /// Adds an action that delivers an event. An error says which job it is about, and is recorded.
    mutating func deliver(
        _ event: PollEvent,
        of job: AccountJob,
        _ handle: EndpointHandle,
        to subscriber: any Subscriber
    ) {
        var event = event
        if case .error(let error, let requests, let elapsed) = event {
            let error = error.about(job)
            event = .error(error, requests: requests, elapsed: elapsed)
            if isObserved {
                let request = FetchEvent.Request(number: requests)
                record(.waitFailed(error, elapsed: elapsed), of: job.reference, handle, request)
            }
        }
        actions.append(.deliver(event, job, subscriber))
    }

    /// Adds an action that cancels a task.
    mutating func cancel(_ task: CancellableTask) { actions.append(.cancel(task)) }

    /// Adds an action that records an event of a request, if there is an observer or the event is always recorded.
    mutating func record(
        _ kind: @autoclosure () -> FetchEvent.Kind,
        of request: PollRequest,
        _ exchange: LastExchange = LastExchange(),
        always isNeeded: Bool = false
    ) {
        guard isObserved || isNeeded else { return }
        let details = FetchEvent.Request(
            number: request.numberInWait,
            host: exchange.host,
            httpStatus: exchange.status
        )
        record(kind(), of: request.handle.job(request.id), request.handle, details)
    }

    private mutating func record(
        _ kind: FetchEvent.Kind,
        of job: JobReference,
        _ handle: EndpointHandle,
        _ request: FetchEvent.Request
    ) {
        let account = handle.account.id
        let event = FetchEvent(job: job, provider: handle.provider, account: account, request: request, kind: kind)
        actions.append(.record(event))
    }

    /// Counts a request that begins.
    mutating func noteBegin(_ request: PollRequest) {
        records[request.handle.record].statistics.requests += 1
        record(.requested, of: request)
    }
}

// The loop.
extension SchedulerStateMachine {
    /// Works off all that follows from the events so far, and returns the actions to carry out.
    mutating func settle(at now: Duration) -> [Action] {
        var next = 0
        while next < work.count {
            switch work[next] {
            case .schedule(let job): schedule(job, at: now)
            case .dispatch(let queue): dispatch(queue, at: now)
            }
            next += 1
        }
        work.removeAll(keepingCapacity: true)
        defer { actions = [] }
        return actions
    }

    private mutating func schedule(_ job: SlotKey, at now: Duration) {
        switch jobs.update(job, { $0.schedule(at: now) }) ?? .unchanged {
        case .unchanged: break
        case .unused: removeUnused(job)
        case .scheduled(let due): jobs.setTimer(of: job, at: due)
        case .queued(let queue, let due):
            if queues[queue].enqueue(job, due: due) { watchDeadline(of: job, at: now) }
            needsDispatch(queue)
        }
    }

    /// Adds a job that isn't in the table.
    mutating func insert(_ job: consuming PolledJob) -> SlotKey {
        queues.noteJob(of: job.handle.queue)
        return jobs.insert(job)
    }

    /// Removes a job without subscriptions, unless a caller's own task is polling it.
    private mutating func removeUnused(_ key: SlotKey) {
        let isPolledByCaller = jobs.update(key) { job in
            if case .polling(_, nil) = job.state { true } else { false }
        }
        guard isPolledByCaller == false, let job = jobs.remove(key) else { return }
        queues.noteRemovedJob(of: job.handle.queue)
        interruptedPolls.take(of: key)
        if jobs.isEmpty, !queueTimers.isEmpty {
            // A queue without a timer has no entry.
            for timer in queueTimers.unordered where queues.contains(timer.queue) { queues[timer.queue].clear() }
            queueTimers = Heap()
        }
        guard case .polling(_, let task?) = job.state else { return }
        cancel(task)
        queues[job.handle.queue].end()
        needsDispatch(job.handle.queue)
    }

    /// Begins as many requests of a queue as the limits allow.
    private mutating func dispatch(_ queue: Int, at now: Duration) {
        queues[queue].beginDispatch()
        while let job = firstJob(in: queue, at: now) {
            switch jobs.update(job, { $0.turn(at: now) }) ?? .leave {
            case .begin:
                guard queues[queue].beginFirst(at: now) else { return planStart(of: queue, at: now) }
                begin(job, of: queue, at: now)
            case .expire:
                // The next iteration examines the job again.
                endExpired(job, at: now)
            case .leave:
                queues[queue].removeFirst()
            case .reschedule:
                queues[queue].removeFirst()
                needsSchedule(job)
            case .park(let due, let subscribers):
                queues[queue].removeFirst()
                for subscriber in subscribers {
                    queues[queue].parked.park(job, due: due, for: subscriber)
                    parkingQueues.insert(queue, for: subscriber)
                }
            }
        }
    }

    /// Returns the first job in a queue, after the jobs that were parked, became due before it, and can be resumed.
    private mutating func firstJob(in queue: Int, at now: Duration) -> SlotKey? {
        while let candidate = queues[queue].nextCandidate() {
            let job: SlotKey
            switch candidate {
            case .queued(let first): return first
            case .parked(let resumed): job = resumed
            }
            // It may have been polled meanwhile for another subscriber.
            let due = jobs.update(job) { job -> Duration? in
                guard job.isParked else { return nil }
                job.enqueue(at: now)
                return job.due ?? now
            }
            guard let due else { continue }
            if queues[queue].enqueue(job, due: due) { watchDeadline(of: job, at: now) }
        }
        return nil
    }

    private mutating func begin(_ job: SlotKey, of queue: Int, at now: Duration) {
        let (number, task) = (nextNumber(), availableTask.take() ?? CancellableTask())
        let lastResult = queues[queue].lastResult
        let interruption = interruptedPolls.take(of: job)
        let begun = jobs.update(job) { polledJob in
            let durations = records[polledJob.handle.record].durations
            return polledJob.begin(job, number: number, task, lastResult, durations, interruption, at: now)
        }
        guard let (request, deadline) = begun else { return }
        noteBegin(request)
        actions.append(.begin(request))
        // A subscription may end before the request does.
        if let deadline { jobs.setTimer(of: job, at: deadline) }
    }

    /// Ensures that the queue is dispatched when its first job may be polled, and that deadlines are kept until
    /// then.
    private mutating func planStart(of queue: Int, at now: Duration) {
        if queues[queue].deadlineCheck == nil { checkDeadlines(in: queue, at: now) }
        guard let start = queues[queue].planStart() else { return }
        queueTimers.insert(QueueTimer(time: start, queue: queue, event: .start))
    }
}

// Deadlines of jobs that are queued or polled.
extension SchedulerStateMachine {
    private static let shortestDeadlineCheck = Duration.seconds(10)
    private static let longestDeadlineCheck = Duration.seconds(320)

    /// Ends the subscriptions of a job whose deadline is reached.
    mutating func endExpired(_ key: SlotKey, at now: Duration) {
        guard let job = jobs[key] else { return }
        let delay = job.isQueued ? queues[job.handle.queue].delay(at: now) : nil
        for subscription in jobs.update(key, { $0.removeExpired(at: now) }) ?? [] {
            unpark(key, for: subscription.subscriber)
            let plan = subscription.plan
            let end = plan.end(with: plan.deadlineError(delay), at: now)
            deliver(end, of: job.accountJob, job.handle, to: subscription.subscriber)
        }
        if jobs.update(key, { $0.subscriptions.isEmpty }) == true { removeUnused(key) }
    }

    /// Forgets that a job is parked for a subscriber.
    mutating func unpark(_ job: SlotKey, for subscriber: any Subscriber) {
        guard let queue = jobs.update(job, { $0.handle.queue }) else { return }
        queues[queue].parked.remove(job, for: subscriber)
    }

    /// Ensures that the subscriptions of a job in the queue end at their deadlines.
    ///
    /// Nearly every job leaves the queue long before its deadline. So all deadlines of the queue are checked before
    /// half of the time until the first of them has passed, which costs less than a timer for each job. Only a job
    /// whose deadline is near has a timer.
    mutating func watchDeadline(of job: SlotKey, at now: Duration) {
        guard let deadline = jobs.update(job, { $0.isQueued ? $0.firstDeadline : nil }) else { return }
        watch(deadline, of: job, at: now)
    }

    /// Ensures that a subscription of a job in the queue ends at its deadline.
    mutating func watch(_ deadline: Duration, of job: SlotKey, at now: Duration) {
        guard let queue = jobs.update(job, { $0.handle.queue }) else { return }
        let latestCheck = now + (deadline - now).divided(by: 2)
        if latestCheck < now + Self.shortestDeadlineCheck {
            if jobs.update(job, { $0.timer.map { deadline < $0 } ?? true }) == true {
                jobs.setTimer(of: job, at: max(deadline, now))
            }
            return
        }
        if let check = queues[queue].deadlineCheck, check <= latestCheck { return }
        // Halved until it fits. At the latest possible time, each of several jobs could move it forward a little.
        var interval = Self.longestDeadlineCheck
        while now + interval > latestCheck { interval = interval.divided(by: 2) }
        planDeadlineCheck(of: queue, at: now + interval)
    }

    /// Checks the deadlines of all jobs in a queue.
    mutating func checkDeadlines(in queue: Int, at now: Duration) {
        queues[queue].deadlineCheck = nil
        queues[queue].removeAll { key in jobs.update(key) { $0.isQueued } != true }
        guard queues[queue].count > 0 else { return }
        planDeadlineCheck(of: queue, at: now + Self.longestDeadlineCheck)
        for job in queues[queue].jobs { watchDeadline(of: job, at: now) }
    }

    private mutating func planDeadlineCheck(of queue: Int, at time: Duration) {
        queues[queue].deadlineCheck = time
        queueTimers.insert(QueueTimer(time: time, queue: queue, event: .deadlineCheck))
    }
}
