// Back-pressure.
extension SchedulerState {
    /// The waiter can take outcomes again.
    mutating func release(_ waiter: any JobWaiter, at now: Duration) {
        for lane in lanes.indices where lanes[lane].held.open(waiter) { dispatch(lane, at: now) }
    }

    /// The first in a lane's line, when the jobs that were held and are due before it have come back.
    mutating func nextInLine(_ lane: Int, at now: Duration) -> JobSlot? {
        while let slot = lanes[lane].held.popFirst(before: lanes[lane].firstDue) {
            // Somebody else who waits for it may have had it asked about.
            if slots.update(slot, { $0.isIdle }) == true { lineUp(slot, at: now) }
        }
        return lanes[lane].first
    }

    /// Whether a job in the line is still to be asked about now; it is put elsewhere where it isn't.
    mutating func isWanted(_ slot: JobSlot, at now: Duration) -> Bool {
        switch slots.update(slot, { $0.turn(at: now) }) ?? .gone {
        case .wanted: return true
        case .gone: break
        case .expired:
            expire(slot, at: now)
            return isWanted(slot, at: now)
        case .later: reschedule(slot, at: now)
        case .held(let due, let waiters):
            guard let lane = slots.update(slot, { $0.asker.lane }) else { break }
            for waiter in waiters { lanes[lane].held.hold(slot, due: due, for: waiter) }
        }
        return false
    }

    /// Forgets that a job is held for a waiter that no longer waits for it.
    mutating func noLongerHold(_ slot: JobSlot, for waiter: any JobWaiter) {
        guard let lane = slots.update(slot, { $0.asker.lane }) else { return }
        lanes[lane].held.remove(slot, for: waiter)
    }
}
