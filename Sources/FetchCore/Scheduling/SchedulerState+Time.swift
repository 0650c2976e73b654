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
                guard let job = slots[slot], job.stamp == stamp else { continue }
                if case .scheduled = job.phase { makeReady(slot, at: now) } else { expire(slot, at: now) }
            }
        }
    }

    /// Sets a job's timer to when it is due, or has it asked about where that is now.
    mutating func reschedule(_ slot: JobSlot, at now: Duration) {
        switch slots[slot]?.phase {
        case nil, .ready, .inFlight: return
        case .idle, .scheduled: break
        }
        guard let due = slots[slot]?.due else {
            slots[slot]?.phase = .idle
            _ = slots[slot]?.newStamp()
            return
        }
        guard due > now else { return makeReady(slot, at: now) }
        slots[slot]?.phase = .scheduled
        setTimer(slot, at: due)
    }

    private mutating func setTimer(_ slot: JobSlot, at time: Duration) {
        guard let stamp = slots[slot]?.newStamp() else { return }
        timers.insert(.job(slot, stamp: stamp), at: time)
    }

    private mutating func makeReady(_ slot: JobSlot, at now: Duration) {
        guard let job = slots[slot] else { return }
        slots[slot]?.phase = .ready
        lanes[job.asker.lane].enqueue(slot, due: job.due ?? now)
        dispatch(job.asker.lane, at: now)
        guard case .ready? = slots[slot]?.phase, let deadline = slots[slot]?.firstDeadline else { return }
        setTimer(slot, at: max(deadline, now))
    }

    /// Begins as many requests as the limits allow.
    mutating func dispatch(_ lane: Int, at now: Duration) {
        while let first = lanes[lane].first {
            guard case .ready? = slots[first]?.phase, !hold(first) else {
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
        guard slotsByKey[Key(asker, id)] == nil, lanes[asker.lane].startAlone(at: now) else { return nil }
        let slot = slots.insert(WatchedJob(asker: asker, id: id, WaitEntries()))
        slotsByKey[Key(asker, id)] = slot
        let flight = Flight(
            job: slot,
            number: newNumber(),
            worker: nil,
            asker: asker,
            id: id,
            timeout: policy.requestTimeout,
            longestPause: policy.gaps.upperBound
        )
        slots[slot]?.begin(flight, at: now)
        effects.append(.record(.requested, asker, id: id))
        return flight
    }

    private mutating func begin(_ slot: JobSlot, at now: Duration) {
        guard let job = slots[slot] else { return }
        let timeout = job.timeout(at: now)
        let flight = Flight(
            job: slot,
            number: newNumber(),
            worker: freeWorker.take() ?? Worker(),
            asker: job.asker,
            id: job.id,
            timeout: timeout,
            longestPause: job.entries.map(\.wait.maximumGap).min() ?? .zero
        )
        slots[slot]?.begin(flight, at: now)
        effects.append(.record(.requested, job.asker, id: job.id))
        effects.append(.ask(flight))
        if let deadline = job.firstDeadline, deadline > now, deadline < now + timeout { setTimer(slot, at: deadline) }
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
    /// From here on the jobs of this waiter alone aren't asked about.
    mutating func hold(_ waiter: any JobWaiter) {
        heldJobs[ObjectIdentifier(waiter), default: []] += []
    }

    /// The waiter can take outcomes again.
    mutating func release(_ waiter: any JobWaiter, at now: Duration) {
        for slot in heldJobs.removeValue(forKey: ObjectIdentifier(waiter)) ?? [] { reschedule(slot, at: now) }
    }

    /// Puts a due job aside where nobody who waits for it can take an outcome.
    private mutating func hold(_ slot: JobSlot) -> Bool {
        guard
            !heldJobs.isEmpty,
            let job = slots[slot],
            let waiter = job.entries.first?.waiter,
            job.entries.allSatisfy({ heldJobs[ObjectIdentifier($0.waiter)] != nil })
        else { return false }
        slots[slot]?.phase = .idle
        _ = slots[slot]?.newStamp()
        heldJobs[ObjectIdentifier(waiter)]?.append(slot)
        return true
    }
}
