import FetchDataStructures

/// Jobs in the order in which they have become due.
struct DueQueue: Sendable {
    private var heap = Heap<DueJob>()
    private var lastNumber: UInt32 = 0

    var isEmpty: Bool { heap.isEmpty }
    var count: Int { heap.count }
    var first: DueJob? { heap.first }
    var unordered: [DueJob] { heap.unordered }

    mutating func insert(_ job: SlotKey, due: Duration) {
        lastNumber &+= 1
        heap.insert(DueJob(due: due, number: lastNumber, job: job))
    }

    @discardableResult
    mutating func popFirst() -> SlotKey? { heap.popFirst()?.job }

    mutating func removeAll(where condition: (SlotKey) -> Bool) { heap.removeAll { condition($0.job) } }
}
