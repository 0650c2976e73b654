import FetchDataStructures

/// All jobs of a scheduler, found by endpoint and id, each with at most one timer.
struct JobTable: Sendable {
    /// A timer of the job in a slot. It counts if the job's ``PolledJob/timer`` has the same time: timers aren't
    /// removed from the heap when they are set to another time, but pass unnoticed, or are purged when they outnumber
    /// the others.
    private struct Timer: Comparable, Sendable {
        @InNanoseconds private(set) var time: Duration
        /// Timers of the same time come in the order in which they were set.
        let number: UInt32
        let slot: UInt32

        static func < (one: Self, other: Self) -> Bool {
            one._time == other._time
                ? Int32(bitPattern: one.number &- other.number) < 0 : one._time < other._time
        }
    }

    private var jobs = SlotMap<PolledJob>()
    private var index = HashIndex()
    private var timers = Heap<Timer>()
    private var lastTimer: UInt32 = 0

    var isEmpty: Bool { jobs.isEmpty }

    /// The time of the first timer.
    var nextTimer: Duration? { timers.first?.time }

    /// The number of timers, those that don't count included.
    var timerCount: Int { timers.count }

    var keys: some Sequence<SlotKey> { jobs.keys }

    subscript(key: SlotKey) -> PolledJob? { jobs[key] }

    /// Calls `body` with a job in place; `nil` if it was removed.
    @inline(__always)
    mutating func update<Result>(_ key: SlotKey, _ body: (inout PolledJob) -> Result) -> Result? {
        jobs.update(key, body)
    }

    /// Calls `body` with a job in place; `nil` if it was removed.
    @inline(__always)
    mutating func update<Result>(_ key: SlotKey, _ body: (inout PolledJob) -> Result?) -> Result? {
        jobs.update(key, body)
    }

    /// Returns the key of a job; `nil` if it isn't in the table.
    func key(of id: String, _ handle: EndpointHandle) -> SlotKey? {
        index.firstSlot(hash: Self.hash(id, handle)) { slot in
            let key = jobs.key(at: slot)
            return jobs[key].map { $0.handle === handle && JobID($0.id) == JobID(id) } ?? false
        }.map(jobs.key(at:))
    }

    /// Inserts a job that isn't in the table.
    mutating func insert(_ job: consuming PolledJob) -> SlotKey {
        let hash = Self.hash(job.id, job.handle)
        let key = jobs.insert(job)
        index.insert(key.index, hash: hash)
        return key
    }

    /// Removes and returns a job. With the last one the memory of indices and timers is released.
    mutating func remove(_ key: SlotKey) -> PolledJob? {
        guard let job = jobs.remove(key) else { return nil }
        index.remove(key.index, hash: Self.hash(job.id, job.handle))
        if jobs.isEmpty {
            if !timers.isEmpty { timers = Heap() }
            if !index.isSmall { index = HashIndex() }
        }
        return job
    }

    private static func hash(_ id: String, _ handle: EndpointHandle) -> Int {
        var hasher = Hasher()
        hasher.combine(ObjectIdentifier(handle))
        hasher.combine(JobID(id))
        return hasher.finalize()
    }

    /// Sets a job's timer, in place of the one before.
    mutating func setTimer(of key: SlotKey, at time: Duration) {
        lastTimer &+= 1
        let timer = Timer(time: time, number: lastTimer, slot: key.index)
        guard
            jobs.update(
                key,
                { job in
                    // In nanoseconds, as the heap has it.
                    let isSet = job.timer == timer.time
                    job.timer = timer.time
                    return !isSet
                }
            ) == true
        else { return }
        timers.insert(timer)
        let isTooLong =
            timers.count > timerLimit(spare: 1) || (timers.isFull && timers.count > timerLimit(spare: 1 / 32))
        if isTooLong { timers.removeAll { timer in jobs.update(jobs.key(at: timer.slot)) { $0.timer } != timer.time } }
    }

    /// The number of timers that may be in the heap: one for each job, a part of that as a spare, and a few.
    private func timerLimit(spare: Double) -> Int { Int(Double(jobs.count) * (1 + spare)) + 64 }

    /// Removes the first timer that is due, and returns its job; `nil` if no timer is due.
    mutating func popDue(at now: Duration) -> SlotKey? {
        while let timer = timers.popFirst(where: { $0.time <= now }) {
            let key = jobs.key(at: timer.slot)
            let counts = jobs.update(key) { job in
                guard job.timer == timer.time else { return false }
                job.timer = nil
                return true
            }
            if counts == true { return key }
        }
        return nil
    }
}
