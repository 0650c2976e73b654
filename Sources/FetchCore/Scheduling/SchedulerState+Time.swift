// When to ask.
extension SchedulerState {
    /// Does what is due by now.
    mutating func advance(to now: Duration) {
        while let timer = timers.popFirst(by: now) {
            switch timer {
            case .lane(let lane):
                nextLaneTry[lane] = nil
                dispatch(lane, at: now)
            case .job(let slot, let stamp):
                switch slots.update(slot, { $0.ring(stamp) }) ?? .void {
                case .void: break
                case .due: makeReady(slot, at: now)
                case .deadline: expire(slot, at: now)
                }
            }
        }
    }

    /// Sets a job's timer to when it is due, or has it asked about where that is now.
    mutating func reschedule(_ slot: JobSlot, at now: Duration) {
        switch slots.update(slot, { $0.rest(at: now) }) ?? .unchanged {
        case .unchanged: break
        case .due: makeReady(slot, at: now)
        case .scheduled(let due, let stamp): setTimer(slot, stamp: stamp, at: due)
        }
    }

    /// Sets a job's timer, in place of those before.
    mutating func setTimer(_ slot: JobSlot, at time: Duration) {
        guard let stamp = slots.update(slot, { $0.newStamp() }) else { return }
        setTimer(slot, stamp: stamp, at: time)
    }

    private mutating func setTimer(_ slot: JobSlot, stamp: UInt32, at time: Duration) {
        timers.insert(.job(slot, stamp: stamp), at: time)
        if timers.count > mostTimers(andVoid: 1) || (timers.isFull && timers.count > mostTimers(andVoid: 1 / 32)) {
            dropVoidTimers()
        }
    }

    /// How many timers there may be: one for each job and each lane, and so many void ones for each of these.
    private func mostTimers(andVoid share: Double) -> Int { Int(Double(slots.count + lanes.count) * (1 + share)) + 64 }

    /// Drops the timers that don't count any more.
    private mutating func dropVoidTimers() {
        var timers = TimerQueue<Timer>()
        swap(&timers, &self.timers)
        timers.removeAll { timer in
            guard case .job(let slot, let stamp) = timer else { return false }
            return slots.update(slot) { $0.stamp } != stamp
        }
        self.timers = timers
    }

    private mutating func makeReady(_ slot: JobSlot, at now: Duration) {
        guard let (lane, due) = slots.update(slot, { $0.lineUp(at: now) }) else { return }
        lanes[lane].enqueue(slot, due: due)
        dispatch(lane, at: now)
        let deadline = slots.update(slot) { $0.isReady ? $0.firstDeadline : nil }
        if let deadline { setTimer(slot, at: max(deadline, now)) }
    }

    /// Begins as many requests as the limits allow.
    mutating func dispatch(_ lane: Int, at now: Duration) {
        while let first = lanes[lane].first {
            guard isWanted(first, at: now) else {
                lanes[lane].dropFirst()
                continue
            }
            guard lanes[lane].start(at: now) != nil else { break }
            begin(first, at: now)
        }
        guard let next = lanes[lane].nextTry, nextLaneTry[lane].map({ next < $0 }) ?? true else { return }
        nextLaneTry[lane] = next
        timers.insert(.lane(lane), at: next)
    }

    /// Begins a request for somebody who makes it in a task of his own and wants this one answer.
    ///
    /// Returns nil where somebody else has to be waited for: other waits for this job, or the provider's limits.
    mutating func beginAlone(
        _ id: String,
        of asker: EndpointAsker,
        _ policy: UsablePolicy,
        at now: Duration
    ) -> Flight? {
        guard slot(of: asker, id) == nil, lanes[asker.lane].startAlone(at: now) else { return nil }
        let slot = insert(WatchedJob(asker: asker, id: id, WaitEntries()))
        let flight = Flight(
            job: slot,
            number: newNumber(),
            worker: nil,
            asker: asker,
            id: id,
            timeout: policy.requestTimeout,
            longestPause: policy.gaps.upperBound
        )
        slots[slot]?.noteStart(of: flight, at: now)
        noteStart(of: flight)
        return flight
    }

    private mutating func begin(_ slot: JobSlot, at now: Duration) {
        let number = newNumber()
        let worker = freeWorker.take() ?? Worker()
        let begun = slots.update(slot) { $0.begin(slot, number: number, by: worker, at: now) }
        guard let (flight, deadline) = begun else { return }
        noteStart(of: flight)
        effects.append(.ask(flight))
        if let deadline { setTimer(slot, at: deadline) }
    }

    private mutating func noteStart(of flight: Flight) {
        records[flight.asker.record].statistics.requests += 1
        record(.requested, flight.asker, flight.id)
    }

    /// Ends the waits whose time is over while the job stands in line or is being asked about.
    private mutating func expire(_ slot: JobSlot, at now: Duration) {
        while let index = slots[slot]?.entries.firstIndex(where: { $0.wait.deadline <= now }),
            let wait = slots[slot]?.entries[index].wait
        {
            end(slot, index, .error(wait.deadlineExceeded), at: now)
        }
        if let deadline = slots[slot]?.firstDeadline { setTimer(slot, at: deadline) }
    }
}
