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
            entry.wait.join($0.wait.lastWord, at: now, knowing: durations[asker.name])
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
        demand(ticket, at: now)
        return true
    }

    /// Notes that somebody looks forward to the next state.
    mutating func demand(_ ticket: WaitTicket, at now: Duration) {
        guard let index = index(of: ticket), let entry = slots[ticket.job]?.entries[index] else { return }
        guard entry.wait.due != nil, now < entry.wait.deadline else {
            end(ticket.job, index, .error(entry.wait.deadlineExceeded), at: now)
            return
        }
        slots[ticket.job]?.entries[index].isAwaited = true
        reschedule(ticket.job, at: now)
    }

    /// Takes a wait out, and ends the polling where it was the last.
    mutating func leave(_ ticket: WaitTicket, at now: Duration) {
        guard let index = index(of: ticket) else { return }
        slots[ticket.job]?.entries.remove(at: index)
        tidy(ticket.job, at: now)
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
        for slot in slots.all {
            guard slots[slot]?.entries.contains(where: { $0.waiter === waiter }) == true else { continue }
            slots[slot]?.entries.removeAll { $0.waiter === waiter }
            tidy(slot, at: now)
        }
    }

    /// Makes a job due now, or as soon as its shortest gap is over.
    mutating func wake(_ id: String, of asker: EndpointAsker, at now: Duration) {
        guard let slot = slot(of: asker, id), let job = slots[slot] else { return }
        if case .inFlight = job.phase {
            slots[slot]?.isWoken = true
        } else {
            slots[slot]?.hurry(at: now)
            reschedule(slot, at: now)
        }
    }

    /// Ends one wait.
    mutating func end(_ slot: JobSlot, _ index: Int, _ news: Wait.News, at now: Duration) {
        guard let entry = slots[slot]?.entries.remove(at: index) else { return }
        tell(entry.waiter, news, of: slot)
        tidy(slot, at: now)
    }

    /// Has a waiter told of something; an error says which job it is about.
    mutating func tell(_ waiter: any JobWaiter, _ news: Wait.News, of slot: JobSlot) {
        guard let job = slots[slot]?.reference else { return }
        effects.append(.tell(waiter, news.located(at: job), job))
    }

    /// Drops a job that nobody waits for, and otherwise sees to it that it is asked about when it is due.
    mutating func tidy(_ slot: JobSlot, at now: Duration) {
        guard slots[slot]?.entries.isEmpty == true, let job = slots[slot] else { return reschedule(slot, at: now) }
        // Whoever asks in a task of his own is still there.
        if case .inFlight(_, nil) = job.phase { return }
        remove(slot)
        guard case .inFlight(_, let worker?) = job.phase else { return }
        effects.append(.cancel(worker))
        lanes[job.asker.lane].finish()
        dispatch(job.asker.lane, at: now)
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
