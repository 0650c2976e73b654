/// The jobs of a provider that are due, but whose waiters can't take more outcomes now.
///
/// Each of these waiters has a line of its own. It is opened when the waiter can take outcomes again, and then its jobs come out
/// one at a time: after some of them the waiter may be as full as before, and the others, however many, needn't be touched for
/// that. One that is asked about for somebody else meanwhile stays where it is, and is passed over when it comes out.
struct HeldJobs {
    private var lines: [ObjectIdentifier: HeldLine] = [:]
    /// Whose lines are open.
    private var openLines: [ObjectIdentifier] = []

    /// All jobs that are held.
    var jobs: Set<JobSlot> { lines.values.reduce(into: []) { $0.formUnion($1.jobs) } }

    /// How many entries there are, those that are void included.
    var size: Int { lines.values.reduce(0) { $0 + $1.size } }

    /// Whether somebody could take the outcome of a job that is held.
    var hasNext: Bool { lines.values.contains { !$0.isFull } }

    /// Holds a job for one that waits for it.
    mutating func hold(_ slot: JobSlot, due: Duration, for waiter: any JobWaiter) {
        lines[ObjectIdentifier(waiter), default: HeldLine(waiter)].insert(slot, due: due)
    }

    /// Opens the line of a waiter. Returns false where there is none.
    mutating func open(_ waiter: any JobWaiter) -> Bool {
        let key = ObjectIdentifier(waiter)
        guard lines[key] != nil else { return false }
        if !openLines.contains(key) { openLines.append(key) }
        return true
    }

    /// Takes out the job that is due first of those whose waiters have room, if it is due before a moment that is given.
    mutating func popFirst(before time: Duration?) -> JobSlot? {
        guard !openLines.isEmpty else { return nil }
        openLines.removeAll { lines[$0]?.isFull ?? true }
        let first = openLines.compactMap { key in lines[key]?.nextTime.map { (key, $0) } }.min { $0.1 < $1.1 }
        guard let (key, due) = first, time.map({ due < $0 }) ?? true else { return nil }
        return change(key) { $0.popFirst() }
    }

    /// Forgets that a job is held for a waiter.
    mutating func remove(_ slot: JobSlot, for waiter: any JobWaiter) {
        change(ObjectIdentifier(waiter)) { $0.remove(slot) }
    }

    /// Forgets a waiter.
    mutating func removeAll(for waiter: any JobWaiter) { lines[ObjectIdentifier(waiter)] = nil }

    /// Changes a line, and forgets it when that was the last of its jobs.
    @discardableResult
    private mutating func change<Result>(_ key: ObjectIdentifier, _ body: (inout HeldLine) -> Result?) -> Result? {
        guard !lines.isEmpty, let index = lines.index(forKey: key) else { return nil }
        defer { if lines.values[index].jobs.isEmpty { lines.remove(at: index) } }
        return body(&lines.values[index])
    }
}
