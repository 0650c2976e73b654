// Back-pressure.
extension SchedulerState {
    /// The waiter can take outcomes again.
    mutating func release(_ waiter: any JobWaiter, at now: Duration) {
        let held = (heldJobs.removeValue(forKey: ObjectIdentifier(waiter)) ?? []).map { (slots[$0]?.due ?? now, $0) }
        for (_, slot) in held.sorted(by: { $0.0 < $1.0 }) { reschedule(slot, at: now) }
    }

    /// Whether a job in the line is still to be asked about now; it is put elsewhere where it isn't.
    mutating func isWanted(_ slot: JobSlot, at now: Duration) -> Bool {
        switch slots.update(slot, { $0.turn(at: now) }) ?? .gone {
        case .wanted: return true
        case .gone: break
        case .later: reschedule(slot, at: now)
        case .held(let waiters):
            for waiter in waiters { heldJobs[ObjectIdentifier(waiter), default: []].insert(slot) }
        }
        return false
    }

    /// Forgets that a job is held for a waiter that no longer waits for it.
    mutating func noLongerHold(_ slot: JobSlot, for waiter: any JobWaiter) {
        guard !heldJobs.isEmpty, let index = heldJobs.index(forKey: ObjectIdentifier(waiter)) else { return }
        heldJobs.values[index].remove(slot)
        if heldJobs.values[index].isEmpty { heldJobs.remove(at: index) }
    }
}
