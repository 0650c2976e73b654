import FetchDataStructures

/// Counts that tests compare to find jobs that are lost, counted twice or kept too long.
package struct SchedulerInvariants: Sendable, Equatable {
    package var jobs = 0
    package var subscriptions = 0
    /// Jobs that are polled, by their own state.
    package var polledJobs = 0
    /// Requests in flight, as the provider queues count them.
    package var requestsInFlight = 0
    /// Jobs that are scheduled or queued.
    package var awaitedJobs = 0
    /// Jobs that a subscriber waits for and that would never be polled, and provider queues that would never begin a
    /// request.
    package var lostJobs = 0
    /// Entries of queues, timers and lists, those that have no effect included.
    package var entries = 0
    /// Endpoints in the handle cache, those of each account by themselves.
    package var endpoints = 0
    /// Queues of accounts other than the client's own.
    package var accountQueues = 0
    package var isTimerSet = false

    /// Nothing to do.
    package init(endpoints: Int = 0) { self.endpoints = endpoints }

    init(_ machine: SchedulerStateMachine, endpoints: Int, isTimerSet: Bool) {
        self.endpoints = endpoints
        self.isTimerSet = isTimerSet
        let allQueues = machine.queues.all.map { machine.queues[$0] }
        let parked = allQueues.reduce(into: Set<SlotKey>()) { $0.formUnion($1.parked.jobs) }
        let queued = allQueues.reduce(into: Set<SlotKey>()) { $0.formUnion($1.jobs) }
        for key in machine.jobs.keys {
            guard var job = machine.jobs[key] else { continue }
            jobs += 1
            subscriptions += job.subscriptions.count
            if machine.jobs.key(of: job.id, job.handle) != key { lostJobs += 1 }
            switch job.state {
            case .idle: lostJobs += job.due == nil ? 0 : 1
            case .scheduled:
                awaitedJobs += 1
                lostJobs += job.timer == nil ? 1 : 0
            case .queued:
                awaitedJobs += 1
                lostJobs += queued.contains(key) ? 0 : 1
            case .parked: lostJobs += job.due == nil || parked.contains(key) ? 0 : 1
            case .polling: polledJobs += 1
            }
        }
        accountQueues = machine.queues.accountQueues
        for queue in allQueues {
            requestsInFlight += queue.requestsInFlight
            entries += queue.count + queue.parked.size
            if queue.parked.isResumable, queue.count == 0, queue.requestsInFlight == 0 { lostJobs += 1 }
        }
        entries += machine.jobs.timerCount + machine.queueTimers.count + machine.subscribedJobs.size
        entries += machine.interruptedPolls.count
    }
}
