/// What is to happen when, the earliest first.
///
/// A binary heap of times, beside a dictionary of what has not been taken out again. Almost all is: a time that nobody waits
/// for any more stays in the heap until its turn comes, or until such times outnumber the others.
package struct RingQueue<Instant: Comparable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let time: Instant
        let id: Int
    }

    private var heap: [Entry] = []
    private var values: [Int: Value] = [:]
    private var nextID = 0

    /// Creates a queue without anything in it.
    package init() {}

    /// How many places the queue takes up.
    package var size: Int { heap.count }

    /// Puts a value into the queue and returns the number that it is known by.
    package mutating func insert(_ value: Value, at time: Instant) -> Int {
        nextID += 1
        values[nextID] = value
        push(Entry(time: time, id: nextID))
        return nextID
    }

    /// Takes a value out of the queue, if it is still there.
    package mutating func remove(_ id: Int) {
        guard values.removeValue(forKey: id) != nil else { return }
        guard heap.count > 2 * values.count + 64 else { return }
        let old = heap
        heap.removeAll(keepingCapacity: true)
        for entry in old where values[entry.id] != nil { push(entry) }
    }

    /// The earliest time in the queue.
    package mutating func earliest() -> Instant? {
        while let first = heap.first, values[first.id] == nil { popEntry() }
        return heap.first?.time
    }

    /// Takes out the earliest value, if its time has come.
    package mutating func popFirst(by now: Instant) -> Value? {
        guard let time = earliest(), time <= now else { return nil }
        return values.removeValue(forKey: popEntry().id)
    }

    private mutating func push(_ entry: Entry) {
        heap.append(entry)
        var index = heap.count - 1
        while index > 0, heap[index].time < heap[(index - 1) / 2].time {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    @discardableResult
    private mutating func popEntry() -> Entry {
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var index = 0
        while true {
            var least = index
            for child in 2 * index + 1..<2 * index + 3 where child < heap.count && heap[child].time < heap[least].time {
                least = child
            }
            guard least != index else { return first }
            heap.swapAt(index, least)
            index = least
        }
    }
}
