// Those who leave, and what is left then.
extension SchedulerState {
    /// Takes a wait out, and ends the polling where it was the last.
    mutating func leave(_ ticket: WaitTicket, at now: Duration) {
        guard let index = index(of: ticket) else { return }
        removeEntry(ticket.job, index)
        tidy(ticket.job, at: now)
    }

    /// Takes out one wait, and all that is kept for its sake.
    @discardableResult
    mutating func removeEntry(_ slot: JobSlot, _ index: Int) -> WatchedJob.Entry? {
        guard let entry = slots[slot]?.entries.remove(at: index) else { return nil }
        noLongerHold(slot, for: entry.waiter)
        return entry
    }

    /// Takes out all waits of a waiter.
    mutating func leaveAll(_ waiter: any JobWaiter, at now: Duration) {
        for lane in lanes.indices { lanes[lane].held.removeAll(for: waiter) }
        var left: [JobSlot] = []
        for slot in jobsOfMany.removeValue(forKey: ObjectIdentifier(waiter))?.slots ?? [] {
            guard let index = slots[slot]?.entries.firstIndex(where: { $0.waiter === waiter }) else { continue }
            slots[slot]?.entries.remove(at: index)
            left.append(slot)
        }
        // Only now: the place of a request that ends goes to nobody who is about to leave.
        for slot in left { tidy(slot, at: now) }
    }

    /// Ends one wait.
    mutating func end(_ slot: JobSlot, _ index: Int, _ news: Wait.News, at now: Duration) {
        guard let job = slots[slot]?.reference, let entry = removeEntry(slot, index) else { return }
        tell(entry.waiter, news, of: job)
        tidy(slot, at: now)
    }

    /// Has a waiter told of something; an error says which job it is about.
    mutating func tell(_ waiter: any JobWaiter, _ news: Wait.News, of job: JobReference) {
        effects.append(.tell(waiter, news.located(at: job), job))
    }

    /// Drops a job that nobody waits for, and otherwise sees to it that it is asked about when it is due.
    mutating func tidy(_ slot: JobSlot, at now: Duration) {
        let isLeft = slots.update(slot) { $0.entries.isEmpty } ?? false
        guard isLeft, let job = slots[slot] else { return reschedule(slot, at: now) }
        // Whoever asks in a task of his own is still there.
        if case .inFlight(_, nil) = job.phase { return }
        remove(slot)
        if slots.isEmpty { shrink() }
        guard case .inFlight(_, let worker?) = job.phase else { return }
        effects.append(.cancel(worker))
        lanes[job.asker.lane].finish()
        dispatch(job.asker.lane, at: now)
    }

    /// Gives back the room of jobs that are gone.
    private mutating func shrink() {
        if !timers.isEmpty { timers = TimerQueue() }
        guard !laneTimers.isEmpty else { return }
        laneTimers = TimerQueue()
        for lane in lanes.indices { lanes[lane].clearLine() }
    }
}

extension Wait.News {
    fileprivate func located(at job: JobReference) -> Self {
        switch self {
        case .update: return self
        case .error(let error): return .error(error.about(endpoint: job.endpoint, id: job.id))
        case .retry(var retry):
            retry.error = retry.error.about(endpoint: job.endpoint, id: job.id)
            return .retry(retry)
        }
    }
}
