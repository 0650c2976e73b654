// When to ask.
extension SchedulerState {
    /// Does what is due by now.
    mutating func advance(to now: Duration) {
        // First, since it can find that a job's time is over.
        while let (timer, _) = laneTimers.popFirst(by: now) {
            switch timer {
            case .start(let lane):
                lanes[lane].nextStartTimer = nil
                dispatch(lane, at: now)
            case .look(let lane):
                guard let time = lanes[lane].nextLook, time <= now else { continue }
                lookThrough(lane, at: now)
            }
        }
        while let (index, number) = timers.popFirst(by: now) {
            let slot = slots.slot(index)
            switch slots.update(slot, { $0.ring(number) }) ?? .void {
            case .void: break
            case .due: makeReady(slot, at: now)
            case .deadline: expire(slot, at: now)
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
        if lanes[place.lane].nextLook != nil { watchDeadline(of: slot, at: now) }
        return place.lane
    }

    private static let shortestLook = Duration.seconds(10)
    private static let longestLook = Duration.seconds(320)

    /// Sees to it that the wait for a job in the line ends in time.
    ///
    /// Nearly every job leaves the line long before that. So the line is looked through before half the time is over that the least
    /// patient has left, which costs less than a timer for each. Only who has little left has one.
    mutating func watchDeadline(of slot: JobSlot, at now: Duration) {
        let watched = slots.update(slot) { $0.isReady ? ($0.asker.lane, $0.firstDeadline) : nil }
        guard let (lane, deadline) = watched, let deadline else { return }
        let latestLook = now + (deadline - now) / 2
        if latestLook < now + Self.shortestLook { return setTimer(slot, at: max(deadline, now)) }
        if let nextLook = lanes[lane].nextLook, nextLook <= latestLook { return }
        // Halved until it fits, and not as late as possible, or each of a row of jobs could bring it forward a little.
        var look = Self.longestLook
        while now + look > latestLook { look /= 2 }
        planLook(lane, at: now + look)
    }

    private mutating func planLook(_ lane: Int, at time: Duration) {
        lanes[lane].nextLook = time
        laneTimers.insert(.look(lane), at: time)
    }

    private mutating func lookThrough(_ lane: Int, at now: Duration) {
        lanes[lane].nextLook = nil
        let line = lanes[lane].removeAll { slot in slots.update(slot) { $0.isReady } != true }
        guard !line.isEmpty else { return }
        planLook(lane, at: now + Self.longestLook)
        for slot in line { watchDeadline(of: slot, at: now) }
    }

    /// Begins as many requests as the limits allow.
    mutating func dispatch(_ lane: Int, at now: Duration) {
        while let first = nextInLine(lane, at: now) {
            guard isWanted(first, at: now) else {
                lanes[lane].dropFirst()
                continue
            }
            guard lanes[lane].start(at: now) else { break }
            begin(first, at: now)
        }
        if lanes[lane].nextLook == nil, lanes[lane].first != nil { lookThrough(lane, at: now) }
        guard let next = lanes[lane].nextTry, lanes[lane].nextStartTimer.map({ next < $0 }) ?? true else { return }
        lanes[lane].nextStartTimer = next
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
        guard let job = slots[slot]?.reference else { return }
        for entry in slots.update(slot, { $0.removeExpired(at: now) }) ?? [] {
            noLongerHold(slot, for: entry.waiter)
            tell(entry.waiter, .error(entry.wait.deadlineExceeded), of: job)
        }
        tidy(slot, at: now)
        if let deadline = slots[slot]?.firstDeadline { setTimer(slot, at: deadline) }
    }
}
