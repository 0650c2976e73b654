/// The ends that a worker has to record and the jobs that it has to give back, in the order in which they came.
struct PendingWrites: Sendable {
    private struct End {
        let end: JobEnd
        let size: Int
    }

    private var ends: [StoredJobID: End] = [:]
    private var returns: [StoredJobID: ReturnedJob] = [:]
    /// The greatest number of ends to record at once. It is halved when that fails, until the end is found that can't
    /// be recorded, and doubled when it succeeds.
    private var endLimit = Self.batch
    private static let batch = 1_000
    /// The greatest number of bytes of JSON to record at once, but for a single end.
    private static let batchSize = 8_388_608

    // Entries may be out of date, since the queues have no removal.
    private var endOrder: [StoredJobID] = []
    private var returnOrder: [StoredJobID] = []
    /// The ends that couldn't be recorded by themselves. They are tried again when there are no others.
    private var refusedOrder: [StoredJobID] = []

    var isEmpty: Bool { ends.isEmpty && returns.isEmpty }

    /// Returns true if a job has an end, or is given back.
    func contains(_ id: StoredJobID) -> Bool { ends[id] != nil || returns[id] != nil }

    /// Returns true if a job is given back, and not because of the result of a request.
    func givesBackUnended(_ id: StoredJobID) -> Bool {
        returns[id].map { $0.parkedReason == nil && $0.sinceLastRequest == nil } ?? false
    }

    /// Adds an end with its size in bytes of JSON.
    mutating func append(_ id: StoredJobID, _ end: JobEnd, size: Int) {
        if ends.updateValue(End(end: end, size: size), forKey: id) == nil { endOrder.append(id) }
    }

    mutating func append(_ job: ReturnedJob) {
        if returns.updateValue(job, forKey: job.id) == nil { returnOrder.append(job.id) }
    }

    mutating func remove(_ id: StoredJobID) {
        (ends[id], returns[id]) = (nil, nil)
        // Otherwise, the memory of the most that was ever pending would be kept.
        if isEmpty { self = PendingWrites() }
    }

    /// Returns the next ends to record, in the order of their numbers. They stay until they are removed.
    mutating func nextEnds() -> [EndedJob] {
        var ids = Self.next(&endOrder, endLimit, ends)
        if ids.isEmpty { ids = Self.next(&refusedOrder, 1, ends) }
        var room = Self.batchSize
        return ids.sorted().compactMap { id in ends[id].map { (id, $0) } }
            .prefix { _, end in
                guard end.size <= room || room == Self.batchSize else { return false }
                room -= end.size
                return true
            }
            .map { EndedJob($0, bounded: $1.end) }
    }

    /// Returns the next jobs to give back, in the order of their numbers. They stay until they are removed.
    mutating func nextReturns() -> [ReturnedJob] {
        Self.next(&returnOrder, Self.batch, returns).sorted().compactMap { returns[$0] }
    }

    /// Has fewer ends recorded at once. A single one waits until the others have been recorded.
    mutating func recordingFailed(_ ids: [StoredJobID]) {
        endLimit = max(ids.count / 2, 1)
        guard ids.count == 1, let id = ids.first else { return }
        endOrder.removeAll { $0 == id }
        refusedOrder.removeAll { $0 == id }
        refusedOrder.append(id)
    }

    /// Has more ends recorded at once.
    mutating func recordingSucceeded() { endLimit = min(endLimit * 2, Self.batch) }

    /// Returns the first entries that aren't out of date, each once, and forgets those before them that are.
    private static func next<Value>(
        _ order: inout [StoredJobID],
        _ limit: Int,
        _ values: [StoredJobID: Value]
    ) -> Set<StoredJobID> {
        order.removeFirst(values.isEmpty ? order.count : order.prefix { values[$0] == nil }.count)
        return Set(order.lazy.filter { values[$0] != nil }.prefix(limit))
    }
}
