import Synchronization

/// Polls any number of jobs with one timer, within the limits of their providers.
///
/// All decisions are in ``SchedulerStateMachine``. This class has the lock, the clock and the tasks: one that sleeps
/// until the next job is due, and others that send a request, and then the next one for which its end makes room.
final class JobScheduler: Sendable {
    private struct State {
        var machine: SchedulerStateMachine
        var timer = WakeUpTimer()
    }

    private let timeline: Timeline
    private let executor: (any TaskExecutor)?
    let clock: any Clock<Duration>
    let random: @Sendable () -> Double
    private let observer: (any FetchObserver)?
    private let state: Mutex<State>
    private let handles: EndpointHandles
    private let endedLeases = EndedLeases()
    let throttles = ThrottleStreams()

    init(
        credentials: Credentials,
        clock: any Clock<Duration>,
        durations: [EndpointName: JobDurations],
        limits: @escaping @Sendable (ProviderID) -> FetchLimits,
        observer: (any FetchObserver)?,
        random: @escaping @Sendable () -> Double
    ) {
        handles = EndpointHandles(credentials)
        self.clock = clock
        timeline = Timeline(clock)
        executor = (clock as? any ExecutorClock)?.taskExecutor
        self.random = random
        self.observer = observer
        let machine = SchedulerStateMachine(durations: durations, isObserved: observer != nil, limits: limits)
        state = Mutex(State(machine: machine))
    }

    /// The client's own account.
    var ownAccount: Account { handles.ownAccount }

    /// The current time on the scheduler's timeline.
    var now: Duration { timeline.now }

    /// The durations that have been learned of each endpoint's jobs.
    var durations: [EndpointName: JobDurations] { state.withLock(\.machine.records.durations) }

    func begin(with durations: [EndpointName: JobDurations]) {
        state.withLock { $0.machine.records.begin(with: durations) }
    }

    var statistics: [EndpointName: EndpointStatistics] { state.withLock(\.machine.records.statistics) }

    var invariants: SchedulerInvariants {
        let endpoints = handles.count
        return state.withLock { state in
            SchedulerInvariants(state.machine, endpoints: endpoints, isTimerSet: state.timer.isSet)
        }
    }

    /// Returns the handle of an endpoint for an account, the same for equal identities. An endpoint without an identity
    /// of its own has that of its registration, if it is registered.
    func handle<Endpoint: FetchEndpoint>(
        for endpoint: Endpoint,
        registration: EndpointIdentity? = nil,
        _ account: Account,
        _ pipeline: RequestPipeline
    ) -> EndpointHandle {
        guard let identity = endpoint.identity ?? registration else {
            return newHandle(for: endpoint, pipeline.form(of: EndpointDeclaration(endpoint)), account, pipeline)
        }
        return handles.handle(for: identity, of: ObjectIdentifier(Endpoint.self), account) { form in
            let form = form ?? pipeline.form(of: EndpointDeclaration(endpoint))
            return newHandle(for: endpoint, form, account, pipeline)
        }
    }

    private func newHandle<Endpoint: FetchEndpoint>(
        for endpoint: Endpoint,
        _ form: RequestForm,
        _ account: Account,
        _ pipeline: RequestPipeline
    ) -> EndpointHandle {
        let (queue, record) = change { machine, _ in
            let queue = machine.queue(of: form.endpoint.provider, account)
            machine.queues.lease(queue)
            return (queue, machine.records.number(of: form.endpoint.name))
        }
        let lease = QueueLease(of: queue, ended: endedLeases)
        return EndpointHandle(form: form, account: account, queue: queue, lease: lease, record: record) {
            text,
            limit,
            interruption,
            followUpLimit in
            let id: Endpoint.ID
            do throws(FetchError) {
                id = try Endpoint.ID(parsing: text, for: form.endpoint.name)
            } catch {
                return PollReport(.failure(error.about(endpoint: form.endpoint.name, id: text, account: account.id)))
            }
            var output: (any FetchOutput)?
            let report = try await pipeline.poll(
                endpoint,
                form,
                for: account,
                id: id,
                text,
                within: limit,
                after: interruption,
                followUpLimit: followUpLimit
            ) { output = $0 }
            return report.with(output)
        }
    }

    /// Runs an operation in a task of its own, on the clock's executor if it has one; immediately in this thread, if
    /// the system can.
    ///
    /// The compilation condition `FETCHKIT_WITHOUT_IMMEDIATE_TASKS` selects the code of systems that can't, for tests.
    func task(
        immediately: Bool = false,
        _ operation: @escaping @Sendable () async -> Void
    ) -> Task<Void, Never> {
        #if !FETCHKIT_WITHOUT_IMMEDIATE_TASKS
            if immediately, #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
                return Task.immediateDetached(executorPreference: executor) { await operation() }
            }
        #endif
        return Task.detached(executorPreference: executor) { await operation() }
    }
}

// Events of subscribers.
extension JobScheduler {
    /// Returns what is known when a subscription to a job begins.
    func knowledge(of id: String, _ handle: EndpointHandle) -> (durations: JobDurations?, lastResult: LastResult) {
        state.withLock { state in
            (state.machine.records[handle.record].durations, state.machine.lastResult(of: id, handle))
        }
    }

    /// Adds a subscription. The job isn't polled for it before ``requestNext(_:)``.
    func subscribe(
        _ subscriber: any Subscriber,
        to id: String,
        of handle: EndpointHandle,
        _ plan: PollPlan
    ) -> SubscriptionID {
        change { machine, _ in machine.subscribe(subscriber, to: id, of: handle, plan) }
    }

    /// Adds a subscription of a subscriber that waits for the ends of many jobs; false if it waits for that job
    /// already.
    func subscribeOnce(
        _ subscriber: any Subscriber,
        to id: String,
        of handle: EndpointHandle,
        _ plan: PollPlan
    ) -> Bool {
        change { machine, now in machine.subscribeOnce(subscriber, to: id, of: handle, plan, at: now) }
    }

    /// Adds a subscription of a subscriber that waits for the end of one job.
    func subscribeToEnd(
        _ subscriber: any Subscriber,
        of id: String,
        _ handle: EndpointHandle,
        _ plan: PollPlan
    ) -> SubscriptionID {
        change { machine, now in machine.subscribeToEnd(subscriber, of: id, handle, plan, at: now) }
    }

    func requestNext(_ id: SubscriptionID) { change { machine, now in machine.requestNext(id, at: now) } }

    func unsubscribe(_ id: SubscriptionID) { change { machine, _ in machine.unsubscribe(id) } }

    func unsubscribe(_ subscriber: any Subscriber, from id: String, of handle: EndpointHandle) -> InterruptedWait? {
        change { machine, now in machine.unsubscribe(subscriber, from: id, of: handle, at: now) }
    }

    func unsubscribeAll(_ subscriber: any Subscriber) { change { machine, _ in machine.unsubscribeAll(subscriber) } }

    /// Returns the waits of a subscriber that waits for many jobs.
    func waits(of subscriber: any Subscriber) -> [(job: AccountJob, wait: InterruptedWait)] {
        let now = timeline.now
        return state.withLock { $0.machine.waits(of: subscriber, at: now) }
    }

    /// Removes all subscriptions of a subscriber that waits for many jobs, and returns its waits. No event of them
    /// follows, apart from those that are being delivered.
    func withdrawAll(_ subscriber: any Subscriber) -> [(job: AccountJob, wait: InterruptedWait)] {
        change { machine, now in
            let waits = machine.waits(of: subscriber, at: now)
            machine.unsubscribeAll(subscriber)
            return waits
        }
    }

    func resume(_ subscriber: any Subscriber) { change { machine, _ in machine.resume(subscriber) } }

    /// Makes a job due now, or as soon as its shortest gap is over.
    func hurry(_ job: JobReference, of account: Account) {
        let handles = handles.handles(of: job.endpoint, account)
        change { machine, now in
            for handle in handles { machine.hurry(job.id, of: handle, at: now) }
        }
    }
}

// Accounts.
extension JobScheduler {
    /// Returns the account of an identifier, with other credentials if they are given.
    func account(_ id: AccountID, _ credentials: Credentials?) -> Account { handles.account(id, credentials) }

    /// Changes the limits of a provider for an account.
    func setLimits(_ limits: FetchLimits, for provider: ProviderID, _ account: Account) {
        account.setLimits(limits, of: provider)
        change { machine, _ in machine.setLimits(limits, for: provider, account) }
    }

    /// The number of an account's requests to a provider that are in flight.
    func requestsInFlight(to provider: ProviderID, of account: Account) -> Int {
        let id = ProviderQueues.ID(account: account.id, provider: provider)
        return state.withLock { state in
            state.machine.queues.number(of: id).map { state.machine.queues[$0].requestsInFlight } ?? 0
        }
    }

    /// Pauses a provider for an account.
    func pause(_ provider: ProviderID, of account: Account, for duration: Duration) {
        let length = duration.clamped(to: .zero ... .hundredYears)
        change { machine, now in machine.pause(provider, of: account, until: now + length, at: now) }
    }

    /// Drops the unused accounts and handles.
    private func dropIdleAccounts() {
        handles.removeUnused()
        let (now, leases) = (timeline.now, endedLeases.take())
        state.withLock { state in
            state.machine.queues.end(leases, at: now)
            state.machine.queues.noteIdleDropped(at: now)
        }
    }
}

// Requests.
extension JobScheduler {
    /// Polls once in the caller's task, if that can be done now; returns `nil` if it takes a subscription.
    ///
    /// It spares the way to another task and back, and the request has the caller's priority and task-local values.
    ///
    /// - Throws: `CancellationError`. Subscriptions that have come meanwhile have the job polled again.
    func pollNow(
        _ id: String,
        of handle: EndpointHandle,
        _ policy: ClampedPolicy,
        _ poll: (TimeLimit, _ followUpLimit: () -> TimeLimit) async throws -> PollReport<any FetchOutput>
    ) async throws -> PollResult? {
        let begun = change { machine, now in machine.beginCallerRequest(id, of: handle, policy, at: now) }
        guard let request = begun else { return nil }
        do {
            var report = try await poll(request.limit) { beginFollowUp(of: request) }
            // A caller that polls once doesn't go on.
            report.interruption = nil
            _ = receive(report, to: request)
            return report.result
        } catch {
            change { machine, now in machine.abandon(request, at: now) }
            throw error
        }
    }

    /// Sends a request, and then those for which its end makes room.
    ///
    /// If a provider's queue is long, those are all of its requests, and none needs a task of its own.
    private func send(_ first: PollRequest) async {
        var next: PollRequest? = first
        var requests = 0
        while let request = next {
            // Only cancellation throws, and then no subscription is left.
            let report = try? await request.handle.poll(request.id, request.limit, request.interruption) {
                beginFollowUp(of: request)
            }
            guard let report else { return }
            next = receive(report, to: request)
            requests += 1
            // If a transport responds at once, requests that are to begin in this thread have waited all the time.
            if next != nil, requests.isMultiple(of: Self.maximumRequestsInARow) { await Task.yield() }
        }
    }

    private static let maximumRequestsInARow = 8

    /// Notes that a poll goes on with a follow-up, and returns the follow-up's time limit.
    private func beginFollowUp(of request: PollRequest) -> TimeLimit {
        change { machine, now in TimeLimit(machine.beginFollowUp(of: request, at: now), from: now) }
    }

    /// Takes a result, and returns the next request that the task of this one is to send, if any.
    private func receive(_ report: PollReport<any FetchOutput>, to request: PollRequest) -> PollRequest? {
        let response = response(report, to: request)
        var plans = request.plans
        while true {
            plans.decide(after: response, sharing: request.lastResult)
            let (isTaken, next) = process(at: response.time, availableTask: request.task) { machine in
                machine.receive(response, report.interruption, to: request, &plans)
            }
            if isTaken { return next }
        }
    }

    private func response(_ report: PollReport<any FetchOutput>, to request: PollRequest) -> PollResponse {
        let now = timeline.now
        var (random, mayRetrySoon) = (0.0, true)
        let error = report.error
        if let error {
            random = self.random()
            mayRetrySoon =
                process(at: now) { machine in
                    machine.noteFailure(of: request, error, report.exchange, at: now)
                }.result
        }
        return PollResponse(
            result: report.result,
            error: error,
            exchange: report.exchange,
            time: now,
            latency: now - request.time,
            random: random,
            mayRetrySoon: mayRetrySoon,
            isFurther: report.interruption?.isFurther(than: request.interruption) ?? false,
            durations: request.durations
        )
    }
}

// Changes of the state.
extension JobScheduler {
    /// Has the state machine process an event, and carries out the actions that follow.
    @discardableResult
    private func change<Result: Sendable>(
        _ event: (inout SchedulerStateMachine, _ now: Duration) -> Result
    ) -> Result {
        let now = timeline.now
        return process(at: now) { machine in event(&machine, now) }.result
    }

    /// Does the same at a given time.
    ///
    /// - Parameters:
    ///   - now: The time of the event.
    ///   - task: A task that is about to have nothing to do, and can send the next request.
    ///   - beginsImmediately: True if requests begin in this thread.
    ///   - event: The event.
    /// - Returns: What the event returns, and the request that the task is to send, if there is one.
    private func process<Result: Sendable>(
        at now: Duration,
        availableTask task: CancellableTask? = nil,
        beginningImmediately beginsImmediately: Bool = false,
        _ event: (inout SchedulerStateMachine) -> Result
    ) -> (result: Result, next: PollRequest?) {
        let (result, actions, sleep, hasManyIdle) = state.withLock { state in
            state.machine.queues.end(endedLeases.take(), at: now)
            state.machine.availableTask = task
            let result = event(&state.machine)
            let actions = state.machine.settle(at: now)
            state.machine.availableTask = nil
            let sleep = state.timer.set(to: state.machine.nextTime)
            return (result, actions, sleep, state.machine.queues.hasManyIdle(at: now))
        }
        if let sleep { begin(sleep) }
        var next: PollRequest?
        for action in actions { carryOut(action) }
        // Requests begin when all else is done: no subscriber waits until a transport has taken another one's request.
        for case .begin(let request) in actions {
            if let task, request.task === task {
                next = request
            } else {
                begin(request, immediately: beginsImmediately)
            }
        }
        if hasManyIdle { dropIdleAccounts() }
        return (result, next)
    }

    private func carryOut(_ action: SchedulerStateMachine.Action) {
        switch action {
        case .deliver(let event, let job, let subscriber): subscriber.receive(event, of: job)
        case .cancel(let task): task.cancel()
        case .record(let event):
            observer?.record(event)
            throttles.record(event)
        case .begin: break
        }
    }

    private func begin(_ request: PollRequest, immediately: Bool) {
        request.task?.begin { task(immediately: immediately) { await self.send(request) } }
    }

    /// Sleeps until something is due, and has it done.
    private func begin(_ sleep: WakeUpTimer.Sleep) {
        sleep.task.begin {
            task { [self] in
                guard (try? await timeline.sleep(until: sleep.end)) != nil else { return }
                let now = timeline.now
                guard state.withLock({ $0.timer.ring(sleep, at: now) }) else { return }
                // Requests that are due together begin in this thread, up to where each waits for its response: waking
                // a thread for each costs more than building it. Only here, since nested beginnings would use up the
                // stack.
                _ = process(at: now, beginningImmediately: true) { machine in machine.advance(to: now) }
            }
        }
    }
}
