import FetchDataStructures

/// The jobs of a provider that are due, while all subscribers that want them are at capacity.
///
/// Each of these subscribers has a queue. When a subscriber has room again, its queue is resumed, and jobs come out one
/// at a time: after some of them the subscriber may be at capacity again, and the others, of which there may be many,
/// needn't be touched.
struct ParkedJobs: Sendable {
    /// The parked jobs of one subscriber.
    private struct Queue: Sendable {
        let subscriber: any Subscriber
        private(set) var jobs: Set<SlotKey> = []
        /// The jobs, and some that have been removed.
        private(set) var order = DueQueue()

        init(_ subscriber: any Subscriber) { self.subscriber = subscriber }

        mutating func insert(_ job: SlotKey, due: Duration) {
            if jobs.insert(job).inserted { order.insert(job, due: due) }
        }

        mutating func popFirst() -> SlotKey? {
            let job = order.popFirst()
            if let job { remove(job) }
            return job
        }

        mutating func remove(_ job: SlotKey) {
            jobs.remove(job)
            while let first = order.first, !jobs.contains(first.job) { order.popFirst() }
            guard order.count > 2 * jobs.count + 64 else { return }
            let jobs = jobs
            order.removeAll { !jobs.contains($0) }
        }
    }

    private var queues: [ObjectIdentifier: Queue] = [:]
    private var resumed: [ObjectIdentifier] = []

    /// All parked jobs.
    var jobs: Set<SlotKey> { queues.values.reduce(into: []) { $0.formUnion($1.jobs) } }

    /// The number of entries, those of removed jobs included.
    var size: Int { queues.values.reduce(0) { $0 + $1.order.count } }

    /// True if a subscriber with parked jobs has room.
    var isResumable: Bool { queues.values.contains { !$0.subscriber.isAtCapacity } }

    /// Parks a job for a subscriber that wants it.
    mutating func park(_ job: SlotKey, due: Duration, for subscriber: any Subscriber) {
        queues[ObjectIdentifier(subscriber), default: Queue(subscriber)].insert(job, due: due)
    }

    /// Resumes the queue of a subscriber; false if it has none.
    mutating func resume(_ subscriber: any Subscriber) -> Bool {
        let key = ObjectIdentifier(subscriber)
        guard queues[key] != nil else { return false }
        if !resumed.contains(key) { resumed.append(key) }
        return true
    }

    /// Removes and returns the job that became due first of those whose subscribers have room, if it became due before
    /// `time`.
    mutating func popFirst(before time: Duration?) -> SlotKey? {
        guard !resumed.isEmpty else { return nil }
        resumed.removeAll { queues[$0]?.subscriber.isAtCapacity ?? true }
        let first = resumed.compactMap { key in queues[key]?.order.first.map { (key, $0.due) } }.min { $0.1 < $1.1 }
        guard let (key, due) = first, time.map({ due < $0 }) ?? true else { return nil }
        return update(key) { $0.popFirst() }
    }

    /// Removes a job that is parked for a subscriber.
    mutating func remove(_ job: SlotKey, for subscriber: any Subscriber) {
        update(ObjectIdentifier(subscriber)) { $0.remove(job) }
    }

    /// Removes all jobs that are parked for a subscriber.
    mutating func removeAll(for subscriber: any Subscriber) { queues[ObjectIdentifier(subscriber)] = nil }

    /// Updates a queue in place, and removes it if it is empty then.
    @discardableResult
    private mutating func update<Result>(_ key: ObjectIdentifier, _ body: (inout Queue) -> Result?) -> Result? {
        guard !queues.isEmpty, let index = queues.index(forKey: key) else { return nil }
        defer { if queues.values[index].jobs.isEmpty { queues.remove(at: index) } }
        return body(&queues.values[index])
    }
}
