/// A priority queue of sleeping tasks, ordered by wake-up time and then by insertion.
///
/// It is a binary heap, so that ten thousand jobs can be polled on one clock. The entry of a cancelled task stays in
/// the heap until it reaches the top, where it is skipped.
struct SleeperQueue {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Entry {
        let time: Duration
        let id: Int

        static func < (one: Self, other: Self) -> Bool { (one.time, one.id) < (other.time, other.id) }
    }

    private var heap: [Entry] = []
    private var continuations: [Int: Continuation] = [:]

    mutating func insert(_ continuation: Continuation, id: Int, until time: Duration) {
        continuations[id] = continuation
        heap.append(Entry(time: time, id: id))
        var index = heap.count - 1
        while index > 0, heap[index] < heap[(index - 1) / 2] {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Removes the sleeper with this id. Returns `nil` if there is no such sleeper.
    mutating func remove(_ id: Int) -> Continuation? {
        continuations.removeValue(forKey: id)
    }

    /// Removes the sleeper with the earliest time. Returns `nil` if the queue is empty.
    mutating func popFirst() -> (time: Duration, continuation: Continuation)? {
        while let entry = popEntry() {
            if let continuation = continuations.removeValue(forKey: entry.id) { return (entry.time, continuation) }
        }
        return nil
    }

    private mutating func popEntry() -> Entry? {
        guard !heap.isEmpty else { return nil }
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var index = 0
        while true {
            let children = (2 * index + 1..<2 * index + 3).filter { $0 < heap.count }
            guard let child = children.min(by: { heap[$0] < heap[$1] }), heap[child] < heap[index] else { return first }
            heap.swapAt(index, child)
            index = child
        }
    }
}
