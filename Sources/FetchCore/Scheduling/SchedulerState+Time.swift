// When to ask.
extension SchedulerState {
    /// Does what is due by now.
    mutating func advance(to now: Duration) {
        while let (index, number) = timers.popFirst(by: now) {
            let slot = slots.slot(index)
            switch slots.update(slot, { $0.ring(number) }) ?? .void {
            case .void: break
            case .due: makeReady(slot, at: now)
            case .deadline: expire(slot, at: now)
            }
        }
        while let (timer, _) = laneTimers.popFirst(by: now) {
            switch timer {
            case .start(let lane):
                lanes[lane].timer = nil
                dispatch(lane, at: now)
            case .look(let lane): lookThrough(lane, at: now)
            }
        }
    }

    /// Sets a job's timer to when it is due, or has it asked about where that is now.
    mutating func reschedule(_ slot: JobSlot, at now: Duration) {
        switch slots.update(slot, { $0.rest(at: now) }) ?? .unchanged {
        case .unchanged: break
        case .due: makeReady(slot, at: now)
        case .scheduled(let due): setTimer(slot, at: due)
        }
    }

    /// Sets a job's timer, in place of those before.
    mutating func setTimer(_ slot: JobSlot, at time: Duration) {
        let number = timers.insert(slot.index, at: time)
        slots.update(slot) { $0.timer = number }
        if timers.count > mostTimers(andVoid: 1) || (timers.isFull && timers.count > mostTimers(andVoid: 1 / 32)) {
            dropVoidTimers()
        }
    }

    /// How many timers there may be: one for each job, and so many void ones for each.
    private func mostTimers(andVoid share: Double) -> Int { Int(Double(slots.count) * (1 + share)) + 64 }

    /// Drops the timers that don't count any more.
    private mutating func dropVoidTimers() {
        timers.removeAll { index, number in slots.update(slots.slot(index)) { $0.timer } != number }
    }

    private mutating func makeReady(_ slot: JobSlot, at now: Duration) {
        guard let lane = lineUp(slot, at: now) else { return }
        dispatch(lane, at: now)
    }

    /// Puts a job into its provider's line.
    @discardableResult
    mutating func lineUp(_ slot: JobSlot, at now: Duration) -> Int? {
        guard let place = slots.update(slot, { $0.lineUp(at: now) }) else { return nil }
        lanes[place.lane].enqueue(slot, due: place.due)
        if lanes[place.lane].isLookedThrough { setDeadlineTimer(slot, at: now) }
        return place.lane
    }

    /// How often a line is looked through for those who have less time than that.
    private static let lookInterval = Duration.seconds(10)

    /// Sees to it that waits end in time while their jobs stand in the line.
    ///
    /// Nearly all leave it long before that: to look through the line now and then costs less than a timer for each of them.
    private mutating func lookThrough(_ lane: Int, at now: Duration) {
        lanes[lane].isLookedThrough = lanes[lane].first != nil
        guard lanes[lane].isLookedThrough else { return }
        for slot in Array(lanes[lane].line) { setDeadlineTimer(slot, at: now) }
        laneTimers.insert(.look(lane), at: now + Self.lookInterval)
    }

    /// Sets the timer of a job in the line, if somebody gives up before the line is looked through again.
    private mutating func setDeadlineTimer(_ slot: JobSlot, at now: Duration) {
        let deadline = slots.update(slot) { $0.isReady ? $0.firstDeadline : nil }
        guard let deadline, deadline < now + Self.lookInterval else { return }
        setTimer(slot, at: max(deadline, now))
    }

    /// Begins as many requests as the limits allow.
    mutating func dispatch(_ lane: Int, at now: Duration) {
        while let first = first(in: lane, at: now) {
            guard isWanted(first, at: now) else {
                lanes[lane].dropFirst()
                continue
            }
            guard lanes[lane].start(at: now) != nil else { break }
            begin(first, at: now)
        }
        if !lanes[lane].isLookedThrough { lookThrough(lane, at: now) }
        guard let next = lanes[lane].nextTry, lanes[lane].timer.map({ next < $0 }) ?? true else { return }
        lanes[lane].timer = next
        laneTimers.insert(.start(lane), at: next)
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
    mutating func expire(_ slot: JobSlot, at now: Duration) {
        while let index = slots[slot]?.entries.firstIndex(where: { $0.wait.deadline <= now }),
            let wait = slots[slot]?.entries[index].wait
        {
            end(slot, index, .error(wait.deadlineExceeded), at: now)
        }
        if let deadline = slots[slot]?.firstDeadline { setTimer(slot, at: deadline) }
    }
}
