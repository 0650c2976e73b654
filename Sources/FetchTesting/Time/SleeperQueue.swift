/// Who waits for which moment, the earliest first, and of those who wait for the same one, the first that came.
///
/// A binary heap, so that ten thousand jobs can be polled on one clock. Who was cancelled stays in the heap as a mere
/// number until its turn comes, and is passed over then.
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

    /// Takes out the sleeper of that number, wherever it stands.
    mutating func remove(_ id: Int) -> Continuation? {
        continuations.removeValue(forKey: id)
    }

    /// Takes out the sleeper whose turn it is.
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
            guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[index] else { return first }
            heap.swapAt(index, least)
            index = least
        }
    }
}
