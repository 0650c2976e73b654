/// The jobs of a provider that are due, but whose waiters can't take more outcomes now.
///
/// Each of these waiters has a line of its own. It is opened when the waiter can take outcomes again, and then its jobs come out
/// one at a time, as there is room for their requests: after some of them the waiter may be as full as before, and the others,
/// however many, needn't be touched for that.
struct HeldJobs {
    private var lines: [ObjectIdentifier: HeldLine] = [:]
    /// Whose lines are open.
    private var open: [ObjectIdentifier] = []

    /// All jobs that are held.
    var jobs: Set<JobSlot> { lines.values.reduce(into: []) { $0.formUnion($1.jobs) } }

    /// How many entries there are, those that are void included.
    var size: Int { lines.values.reduce(0) { $0 + $1.size } }

    /// Whether a job could come out now.
    var hasNext: Bool { open.contains { lines[$0]?.isFull == false } }

    /// Holds a job for one that waits for it.
    mutating func hold(_ slot: JobSlot, due: Duration, for waiter: any JobWaiter) {
        lines[ObjectIdentifier(waiter), default: HeldLine(waiter)].insert(slot, due: due)
    }

    /// Opens the line of a waiter. Returns false where there is none.
    mutating func open(_ waiter: any JobWaiter) -> Bool {
        let key = ObjectIdentifier(waiter)
        guard lines[key] != nil else { return false }
        if !open.contains(key) { open.append(key) }
        return true
    }

    /// Takes out the job that is due first of those whose waiters have room, if it is due before a moment that is given.
    mutating func popFirst(before time: Duration?) -> JobSlot? {
        guard !open.isEmpty else { return nil }
        open.removeAll { lines[$0]?.isFull ?? true }
        let first = open.compactMap { key in lines[key]?.nextTime.map { (key, $0) } }.min { $0.1 < $1.1 }
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

/// The jobs that are held for one waiter, those that are due earlier first.
private struct HeldLine {
    private let waiter: any JobWaiter
    private(set) var jobs: Set<JobSlot> = []
    /// The jobs, and some that aren't held any more: such an entry is dropped when it comes up, or when most are like it.
    private var queue = TimerQueue<JobSlot>()

    init(_ waiter: any JobWaiter) { self.waiter = waiter }

    var isFull: Bool { waiter.isFull }
    var nextTime: Duration? { queue.nextTime }
    var size: Int { queue.count }

    mutating func insert(_ slot: JobSlot, due: Duration) {
        guard jobs.insert(slot).inserted else { return }
        queue.insert(slot, at: due)
    }

    mutating func popFirst() -> JobSlot? {
        let slot = queue.popFirst()
        if let slot { remove(slot) }
        return slot
    }

    mutating func remove(_ slot: JobSlot) {
        jobs.remove(slot)
        while let first = queue.first, !jobs.contains(first) { _ = queue.popFirst() }
        guard queue.count > 2 * jobs.count + 64 else { return }
        let jobs = jobs
        queue.removeAll { slot, _ in !jobs.contains(slot) }
    }
}
