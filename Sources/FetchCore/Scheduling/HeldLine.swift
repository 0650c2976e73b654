/// The jobs that are held for one waiter, those that are due earlier first.
struct HeldLine {
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
