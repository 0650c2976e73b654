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
        guard slots[ticket.job]?.firstDeadline == entry.wait.deadline else { return }
        if slots[ticket.job]?.isReady == true {
            watchDeadline(of: ticket.job, at: now)
        } else {
            setTimer(ticket.job, at: entry.wait.deadline)
        }
    }

    /// The ticket of a waiter for a job.
    func ticket(for id: String, of asker: EndpointAsker, _ waiter: any JobWaiter) -> WaitTicket? {
        guard
            let slot = slot(of: asker, id),
            let entry = slots[slot]?.entries.first(where: { $0.waiter === waiter })
        else { return nil }
        return WaitTicket(job: slot, number: entry.number)
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

    /// At which place the wait of a ticket is.
    func index(of ticket: WaitTicket) -> Int? {
        slots[ticket.job]?.entries.firstIndex { $0.number == ticket.number }
    }
}
