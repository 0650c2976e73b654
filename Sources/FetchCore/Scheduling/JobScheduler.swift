import Synchronization

/// Asks about any number of jobs with one timer, within the limits of their providers.
///
/// All decisions are in ``SchedulerState``. This class has the lock, the clock and the tasks: one that sleeps until the next
/// job is due, and workers, which make a request and then the next one for which its end makes room.
final class JobScheduler: Sendable {
    private struct Guarded {
        var state: SchedulerState
        var askers = EndpointAskers()
        var timer = SchedulerTimer()
    }

    private let timeline: Timeline
    private let executor: (any TaskExecutor)?
    private let random: @Sendable () -> Double
    private let observer: (any FetchObserver)?
    private let guarded: Mutex<Guarded>

    init(
        clock: any Clock<Duration>,
        durations: [EndpointName: JobDurations],
        limits: @escaping @Sendable (ProviderID) -> FetchLimits,
        observer: (any FetchObserver)?,
        random: @escaping @Sendable () -> Double
    ) {
        timeline = Timeline(clock)
        executor = (clock as? any ExecutorClock)?.taskExecutor
        self.random = random
        self.observer = observer
        guarded = Mutex(
            Guarded(state: SchedulerState(durations: durations, isObserved: observer != nil, limits: limits))
        )
    }

    var now: Duration { timeline.now }

    /// What has been learned of the jobs of each endpoint.
    var durations: [EndpointName: JobDurations] { guarded.withLock(\.state.records.durations) }

    /// What has been done for each endpoint.
    var statistics: [EndpointName: EndpointStatistics] { guarded.withLock(\.state.records.statistics) }

    var backlog: Backlog {
        guarded.withLock { guarded in
            var backlog = guarded.state.backlog
            backlog.endpoints = guarded.askers.count
            backlog.isTimerSet = guarded.timer.isSet
            return backlog
        }
    }

    /// What has been learned of the jobs of an endpoint.
    func durations(of asker: EndpointAsker) -> JobDurations? {
        guarded.withLock { $0.state.records[asker.record].durations }
    }

    /// What asks an endpoint; the same for all waits for its jobs, as far as it can be told that it is the same endpoint.
    ///
    /// - Parameter registration: What the registry knows it by, where it comes from there.
    func asker<Endpoint: FetchEndpoint>(
        for endpoint: Endpoint,
        registration: Registration? = nil,
        _ exchange: Exchange
    ) -> EndpointAsker {
        let type = typeRecord(of: endpoint)
        let known = type.isWhole ? EndpointDeclaration(endpoint) : nil
        if let known, let latest = type.latest, latest.declaration == known { return latest.asker }
        let identity = known.map(EndpointIdentity.declared) ?? registration.map(EndpointIdentity.registered)
        if let identity, let asker = guarded.withLock({ $0.askers.asker(for: identity) }) { return asker }
        // What an endpoint says of itself may be computed, and isn't asked for under the lock.
        let declaration = known ?? EndpointDeclaration(endpoint)
        let form = exchange.builder.form(of: declaration)
        return guarded.withLock { guarded in
            if let identity, let asker = guarded.askers.asker(for: identity) { return asker }
            let asker = EndpointAsker(
                name: declaration.name,
                provider: declaration.provider,
                lane: guarded.state.lane(of: declaration.provider),
                record: guarded.state.records.number(of: declaration.name),
                minimumGap: declaration.minimumGap
            ) { id, timeout in
                try await exchange.ask(endpoint, form, id: id, timeout: timeout)
            }
            if let identity { guarded.askers.insert(asker, for: identity) }
            return asker
        }
    }

    private func typeRecord<Endpoint: FetchEndpoint>(of endpoint: Endpoint) -> EndpointAskers.TypeRecord {
        let type = ObjectIdentifier(Endpoint.self)
        if let known = guarded.withLock({ $0.askers[type] }) { return known }
        let record = EndpointAskers.TypeRecord(isWhole: EndpointDeclaration.isWhole(endpoint))
        guarded.withLock { $0.askers.note(type, record) }
        return record
    }

    /// Runs something beside those who wait, where the clock sees it.
    ///
    /// - Parameter atOnce: Whether it begins in this thread, where the system can do that, and not in the next one that is free.
    func task(atOnce: Bool = false, _ operation: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        if atOnce, #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            return Task.immediateDetached(executorPreference: executor) { await operation() }
        }
        return Task.detached(executorPreference: executor) { await operation() }
    }
}

// What waiters ask for.
extension JobScheduler {
    func add(
        _ wait: Wait,
        for id: String,
        of asker: EndpointAsker,
        _ waiter: any JobWaiter
    ) -> (WaitTicket, Wait.News?) {
        change { $0.add(wait, for: id, of: asker, waiter, at: $1) }
    }

    func addOnce(_ wait: Wait, for id: String, of asker: EndpointAsker, _ waiter: any JobWaiter) -> Bool {
        change { $0.addOnce(wait, for: id, of: asker, waiter, at: $1) }
    }

    func demand(_ ticket: WaitTicket) { change { $0.demand(ticket, at: $1) } }

    /// Asks once in the caller's task, if that can be done now; nil where it takes a wait.
    ///
    /// It spares the way to another task and back, and leaves the request the caller's priority and task-local values.
    ///
    /// - Throws: `CancellationError`; then those who have come to wait for the job meanwhile have it asked about again.
    func askAlone(_ id: String, of asker: EndpointAsker, _ policy: UsablePolicy) async throws -> EndpointAsker.Answer? {
        guard let flight = change({ $0.beginAlone(id, of: asker, policy, at: $1) }) else { return nil }
        do {
            let answer = try await asker.ask(id, flight.timeout)
            let jitter = jitter(after: answer)
            change { $0.finish(flight, answer, at: $1, random: jitter) }
            return answer
        } catch {
            change { $0.giveUp(flight, at: $1) }
            throw error
        }
    }

    func leave(_ ticket: WaitTicket) { change { $0.leave(ticket, at: $1) } }

    /// Takes a waiter's wait for one job out. Returns false where it has none.
    func leave(_ id: String, of asker: EndpointAsker, _ waiter: any JobWaiter) -> Bool {
        change { state, now in
            guard let ticket = state.ticket(for: id, of: asker, waiter) else { return false }
            state.leave(ticket, at: now)
            return true
        }
    }

    func leaveAll(_ waiter: any JobWaiter) { change { $0.leaveAll(waiter, at: $1) } }

    func release(_ waiter: any JobWaiter) { change { $0.release(waiter, at: $1) } }

    func wake(_ job: JobReference) {
        let askers = guarded.withLock { $0.askers[job.endpoint] }
        change { state, now in
            for asker in askers { state.wake(job.id, of: asker, at: now) }
        }
    }
}

// What happens beside them.
extension JobScheduler {
    /// Changes the state, and then does what the change calls for.
    private func change<Result: Sendable>(
        beginningAtOnce: Bool = false,
        _ body: (inout SchedulerState, _ now: Duration) -> Result
    ) -> Result {
        let (result, effects) = changing(by: nil, body)
        perform(effects, atOnce: beginningAtOnce)
        return result
    }

    /// Changes the state, and then does what the change calls for, but for a request that the worker is to make itself.
    private func change(by worker: Worker?, _ body: (inout SchedulerState, _ now: Duration) -> Void) -> Flight? {
        let (_, effects) = changing(by: worker, body)
        perform(effects, leavingTo: worker)
        for case .ask(let flight) in effects where flight.worker === worker { return flight }
        return nil
    }

    /// Changes the state and sets the timer, and returns what else is to be done.
    private func changing<Result: Sendable>(
        by worker: Worker?,
        _ body: (inout SchedulerState, _ now: Duration) -> Result
    ) -> (Result, [SchedulerState.Effect]) {
        let now = timeline.now
        let (result, effects, sleep) = guarded.withLock { guarded in
            guarded.state.freeWorker = worker
            let result = body(&guarded.state, now)
            guarded.state.freeWorker = nil
            let effects = guarded.state.effects
            guarded.state.effects = []
            return (result, effects, guarded.timer.set(to: guarded.state.nextTime))
        }
        if let sleep { begin(sleep) }
        return (result, effects)
    }

    /// Requests begin when all else is done: nobody waits for news until a transport has taken somebody else's request.
    private func perform(_ effects: [SchedulerState.Effect], leavingTo worker: Worker? = nil, atOnce: Bool = false) {
        for effect in effects {
            switch effect {
            case .tell(let waiter, let news, let job): waiter.receive(news, of: job)
            case .cancel(let worker): worker.cancel()
            case .record(let kind, let asker, let id):
                observer?.record(FetchEvent(job: asker.job(id), provider: asker.provider, kind: kind))
            case .ask: break
            }
        }
        for case .ask(let flight) in effects where worker == nil || flight.worker !== worker {
            flight.worker?.begin { task(atOnce: atOnce) { await self.makeRequests(flight) } }
        }
    }

    /// Makes a request, and then those for which its end makes room.
    ///
    /// Where a provider's line is long, that is all of them, and no request needs a task of its own.
    private func makeRequests(_ first: Flight) async {
        var next: Flight? = first
        var requests = 0
        while let flight = next {
            // Only cancelling the task throws, and then nobody is left who would want to know.
            guard let answer = try? await flight.asker.ask(flight.id, flight.timeout) else { return }
            let jitter = jitter(after: answer)
            next = change(by: flight.worker) { $0.finish(flight, answer, at: $1, random: jitter) }
            requests += 1
            // Where a transport answers at once, those that are to begin in this thread have waited all the time.
            if next != nil, requests.isMultiple(of: Self.mostRequestsInARow) { await Task.yield() }
        }
    }

    private static let mostRequestsInARow = 8

    /// A number for the gap after an error. What draws it isn't ours, and is called without the lock.
    private func jitter(after answer: EndpointAsker.Answer) -> Double {
        if case .failure = answer { random() } else { 0 }
    }

    /// Sleeps until something is due, and does it.
    private func begin(_ sleep: SchedulerTimer.Sleep) {
        sleep.worker.begin {
            task { [self] in
                guard (try? await timeline.sleep(until: sleep.end)) != nil else { return }
                let now = timeline.now
                guard guarded.withLock({ $0.timer.ring(sleep, at: now) }) else { return }
                // What is due together begins in this thread, up to where each request waits for its answer: to wake a thread
                // for each costs more than to build it. Only here, lest one beginning stand upon another.
                change(beginningAtOnce: true) { $0.advance(to: $1) }
            }
        }
    }
}
