// Those who wait.
extension SchedulerState {
    /// Adds a wait. Nothing is asked before it is awaited.
    ///
    /// - Returns: What was last heard of the job, if somebody else waits for it already.
    mutating func add(
        _ wait: Wait,
        for id: String,
        of asker: EndpointAsker,
        _ waiter: any JobWaiter,
        at now: Duration
    ) -> (WaitTicket, Wait.News?) {
        var entry = WatchedJob.Entry(number: newNumber(), waiter: waiter, wait: wait, isAwaited: false)
        guard let slot = slot(of: asker, id) else {
            let slot = insert(WatchedJob(asker: asker, id: id, WaitEntries(entry)))
            return (WaitTicket(job: slot, number: entry.number), nil)
        }
        let news = slots[slot]?.entries.first.flatMap {
            entry.wait.join($0.wait.lastWord, at: now, knowing: records[asker.record].durations)
        }
        slots[slot]?.entries.append(entry)
        return (WaitTicket(job: slot, number: entry.number), news)
    }

    /// Adds a wait that looks forward to the end alone, or returns false where the waiter waits for that job already.
    mutating func addOnce(
        _ wait: Wait,
        for id: String,
        of asker: EndpointAsker,
        _ waiter: any JobWaiter,
        at now: Duration
    ) -> Bool {
        guard ticket(for: id, of: asker, waiter) == nil else { return false }
        let (ticket, _) = add(wait, for: id, of: asker, waiter, at: now)
        note(ticket.job, of: waiter)
        demand(ticket, at: now)
        return true
    }

    private mutating func note(_ slot: JobSlot, of waiter: any JobWaiter) {
        let key = ObjectIdentifier(waiter)
        if let jobs = jobsOfMany[key], jobs.isLong {
            jobsOfMany[key] = JobsOfOne(
                jobs.slots.filter { slots[$0]?.entries.contains { $0.waiter === waiter } ?? false }
            )
        }
        jobsOfMany[key, default: JobsOfOne([])].slots.append(slot)
    }

    /// Notes that somebody looks forward to the next state.
    mutating func demand(_ ticket: WaitTicket, at now: Duration) {
        guard let index = index(of: ticket), let entry = slots[ticket.job]?.entries[index] else { return }
        guard entry.wait.due != nil, now < entry.wait.deadline else {
            end(ticket.job, index, .error(entry.wait.deadlineExceeded), at: now)
            return
        }
        slots[ticket.job]?.entries[index].isAwaited = true
        guard slots[ticket.job]?.isAtRest == false else { return reschedule(ticket.job, at: now) }
        // It stands in line, or is being asked about on behalf of somebody more patient.
        guard slots[ticket.job]?.firstDeadline(after: now) == entry.wait.deadline else { return }
        setTimer(ticket.job, at: entry.wait.deadline)
    }

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

    /// The ticket of a waiter for a job.
    func ticket(for id: String, of asker: EndpointAsker, _ waiter: any JobWaiter) -> WaitTicket? {
        guard
            let slot = slot(of: asker, id),
            let entry = slots[slot]?.entries.first(where: { $0.waiter === waiter })
        else { return nil }
        return WaitTicket(job: slot, number: entry.number)
    }

    /// Takes out all waits of a waiter.
    mutating func leaveAll(_ waiter: any JobWaiter, at now: Duration) {
        heldJobs[ObjectIdentifier(waiter)] = nil
        var left: [JobSlot] = []
        for slot in jobsOfMany.removeValue(forKey: ObjectIdentifier(waiter))?.slots ?? [] {
            guard let index = slots[slot]?.entries.firstIndex(where: { $0.waiter === waiter }) else { continue }
            slots[slot]?.entries.remove(at: index)
            left.append(slot)
        }
        // Only now: the place of a request that ends goes to nobody who is about to leave.
        for slot in left { tidy(slot, at: now) }
    }

    /// Makes a job due now, or as soon as its shortest gap is over.
    mutating func wake(_ id: String, of asker: EndpointAsker, at now: Duration) {
        guard let slot = slot(of: asker, id), let job = slots[slot] else { return }
        if case .inFlight = job.phase {
            slots[slot]?.isWoken = true
        } else {
            let due = job.due
            slots[slot]?.hurry(at: now)
            if slots[slot]?.due != due { reschedule(slot, at: now) }
        }
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
        guard !timers.isEmpty else { return }
        timers = TimerQueue()
        for lane in lanes.indices { nextLaneTry[lane] = nil }
    }

    private func index(of ticket: WaitTicket) -> Int? {
        slots[ticket.job]?.entries.firstIndex { $0.number == ticket.number }
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
