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
                guard slots[slot]?.stamp == stamp else { continue }
                if slots[slot]?.isScheduled == true { makeReady(slot, at: now) } else { expire(slot, at: now) }
            }
        }
    }

    /// Sets a job's timer to when it is due, or has it asked about where that is now.
    mutating func reschedule(_ slot: JobSlot, at now: Duration) {
        guard slots[slot]?.isAtRest == true else { return }
        guard let due = slots[slot]?.due else {
            slots[slot]?.phase = .idle
            _ = slots[slot]?.newStamp()
            return
        }
        guard due > now else { return makeReady(slot, at: now) }
        slots[slot]?.phase = .scheduled
        setTimer(slot, at: due)
    }

    mutating func setTimer(_ slot: JobSlot, at time: Duration) {
        guard let stamp = slots[slot]?.newStamp() else { return }
        timers.insert(.job(slot, stamp: stamp), at: time)
        guard timers.count > 2 * (slots.count + lanes.count) + 64 else { return }
        let slots = slots
        timers.removeAll { timer in
            if case .job(let slot, let stamp) = timer { slots[slot]?.stamp != stamp } else { false }
        }
    }

    private mutating func makeReady(_ slot: JobSlot, at now: Duration) {
        guard let lane = slots[slot]?.asker.lane else { return }
        lanes[lane].enqueue(slot, due: slots[slot]?.due ?? now)
        slots[slot]?.phase = .ready
        dispatch(lane, at: now)
        guard slots[slot]?.isReady == true, let deadline = slots[slot]?.firstDeadline else { return }
        setTimer(slot, at: max(deadline, now))
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
        noteStart(of: flight, at: now)
        return flight
    }

    private mutating func begin(_ slot: JobSlot, at now: Duration) {
        let number = newNumber()
        let worker = freeWorker.take() ?? Worker()
        guard let flight = slots[slot]?.flight(slot, number: number, by: worker, at: now) else { return }
        noteStart(of: flight, at: now)
        effects.append(.ask(flight))
        guard let deadline = slots[slot]?.firstDeadline(after: now), deadline < now + flight.timeout else { return }
        setTimer(slot, at: deadline)
    }

    private mutating func noteStart(of flight: Flight, at now: Duration) {
        slots[flight.job]?.begin(flight, at: now)
        tallies[flight.asker.tally].requests += 1
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

// Back-pressure.
extension SchedulerState {
    /// The waiter can take outcomes again.
    mutating func release(_ waiter: any JobWaiter, at now: Duration) {
        let held = (heldJobs.removeValue(forKey: ObjectIdentifier(waiter)) ?? []).map { (slots[$0]?.due ?? now, $0) }
        for (_, slot) in held.sorted(by: { $0.0 < $1.0 }) { reschedule(slot, at: now) }
    }

    /// Whether a job in the line is still to be asked about now; it is put elsewhere where it isn't.
    private mutating func isWanted(_ slot: JobSlot, at now: Duration) -> Bool {
        guard slots[slot]?.isReady == true else { return false }
        guard let due = slots[slot]?.due, due <= now else {
            // Who wanted it has left, and the others want it later, or don't look forward to it.
            slots[slot]?.phase = .idle
            reschedule(slot, at: now)
            return false
        }
        return !hold(slot)
    }

    /// Puts a due job aside where nobody who looks forward to it can take an outcome. Whoever can first has it back.
    private mutating func hold(_ slot: JobSlot) -> Bool {
        guard
            let entries = slots[slot]?.entries,
            !entries.contains(where: { $0.isAwaited && !$0.waiter.isFull })
        else { return false }
        slots[slot]?.phase = .idle
        _ = slots[slot]?.newStamp()
        for entry in entries where entry.isAwaited {
            heldJobs[ObjectIdentifier(entry.waiter), default: []].insert(slot)
        }
        return true
    }

    /// Forgets that a job is held for a waiter that no longer waits for it.
    mutating func noLongerHold(_ slot: JobSlot, for waiter: any JobWaiter) {
        guard !heldJobs.isEmpty, let index = heldJobs.index(forKey: ObjectIdentifier(waiter)) else { return }
        heldJobs.values[index].remove(slot)
        if heldJobs.values[index].isEmpty { heldJobs.remove(at: index) }
    }
}
