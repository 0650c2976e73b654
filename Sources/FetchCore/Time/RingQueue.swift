/// What is to happen when, the earliest first.
///
/// A binary heap of times, beside a slot map of the values that have not been taken out again. Almost all are: their times stay
/// in the heap until they are the earliest, or until such times outnumber the others.
package struct RingQueue<Instant: Comparable & Sendable, Value: Sendable>: Sendable {
    /// The name of a value in the queue. It isn't used again for another value.
    package struct ID: Sendable {
        fileprivate let slot: JobSlot
    }

    private struct Entry: Sendable {
        let time: Instant
        let slot: JobSlot
    }

    private var heap: [Entry] = []
    private var values = SlotTable<Value>()

    /// Creates a queue without anything in it.
    package init() {}

    /// How many places the queue takes up.
    package var size: Int { heap.count }

    /// Puts a value into the queue and returns the name that it is known by.
    package mutating func insert(_ value: Value, at time: Instant) -> ID {
        let slot = values.insert(value)
        push(Entry(time: time, slot: slot))
        return ID(slot: slot)
    }

    /// Takes a value out of the queue, if it is still there.
    package mutating func remove(_ id: ID) {
        guard values.contains(id.slot) else { return }
        values.remove(id.slot)
        guard heap.count > 2 * values.count + 64 else { return }
        let old = heap
        heap.removeAll(keepingCapacity: true)
        for entry in old where values.contains(entry.slot) { push(entry) }
    }

    /// The earliest time in the queue.
    package mutating func earliest() -> Instant? {
        while let first = heap.first, !values.contains(first.slot) { popEntry() }
        return heap.first?.time
    }

    /// Takes out the earliest value, if its time has come.
    package mutating func popFirst(by now: Instant) -> Value? {
        guard let time = earliest(), time <= now else { return nil }
        let slot = popEntry().slot
        defer { values.remove(slot) }
        return values[slot]
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
