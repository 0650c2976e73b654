/// How much there is to do, and what is kept for it: what tests hold the scheduler's books against.
package struct Backlog: Sendable, Equatable {
    /// Jobs that are watched.
    package var jobs = 0
    /// Waits for them.
    package var waits = 0
    /// Jobs that are being asked about, by their own account.
    package var asked = 0
    /// Requests on their way, as the providers' lanes count them.
    package var inFlight = 0
    /// Jobs that are to be asked about, now or later.
    package var awaited = 0
    /// Jobs that somebody looks forward to and that nothing would ever ask about, and lanes that would never ask again.
    package var lost = 0
    /// Entries of lines, timers and lists of held jobs, those that are void included.
    package var entries = 0
    /// Endpoints that are known by an identity.
    package var endpoints = 0
    /// Whether a timer is set.
    package var isTimerSet = false

    /// Nothing to do.
    package init(endpoints: Int = 0) { self.endpoints = endpoints }
}

extension SchedulerState {
    var backlog: Backlog {
        var backlog = Backlog()
        let held = lanes.reduce(into: Set<JobSlot>()) { $0.formUnion($1.held.jobs) }
        for slot in slots.all {
            guard let job = slots[slot] else { continue }
            backlog.jobs += 1
            backlog.waits += job.entries.count
            if case .inFlight = job.phase { backlog.asked += 1 }
            if job.isReady || job.isScheduled { backlog.awaited += 1 }
            if job.isIdle, job.due != nil, !held.contains(slot) { backlog.lost += 1 }
        }
        backlog.lost += slots.all.count { slot in slots[slot].flatMap { self.slot(of: $0.asker, $0.id) } != slot }
        let lined = lanes.reduce(into: Set<JobSlot>()) { $0.formUnion($1.line) }
        backlog.lost += slots.all.count { slots[$0]?.isReady == true && !lined.contains($0) }
        backlog.lost += lanes.count { $0.held.hasNext && $0.length == 0 && $0.inFlight == 0 }
        backlog.inFlight = lanes.reduce(0) { $0 + $1.inFlight }
        backlog.entries = timers.count + laneTimers.count + jobsOfMany.values.reduce(0) { $0 + $1.slots.count }
        backlog.entries += lanes.reduce(0) { $0 + $1.length + $1.held.size }
        return backlog
    }
}

extension FetchClient {
    /// What the client and its copies have to do.
    package var backlog: Backlog { scheduler.backlog }
}
