/// What is due when, the earliest first, and of what is due at the same time, what came first.
///
/// A heap in which each entry has four below it: half as many levels as with two, and the four are neighbours in memory.
/// Nothing is taken out of its middle: what is put off is put in again, under another number, and is passed over when it comes
/// up under the old one.
struct TimerQueue<Item> {
    private struct Entry {
        @InNanoseconds private(set) var time: Duration
        let number: UInt32
        let item: Item

        static func < (one: Self, other: Self) -> Bool {
            // Numbers wrap around: what matters is which of two is the later one.
            one._time == other._time
                ? Int32(bitPattern: one.number &- other.number) < 0 : one._time < other._time
        }
    }

    private var heap: [Entry] = []
    private var lastNumber: UInt32 = 0

    var isEmpty: Bool { heap.isEmpty }
    var count: Int { heap.count }

    /// The earliest time in the queue.
    var nextTime: Duration? { heap.first?.time }

    /// The item that is due first.
    var first: Item? { heap.first?.item }

    /// All items, in no order.
    var items: some Sequence<Item> { heap.lazy.map(\.item) }

    /// Puts something in, and returns a number by which it is told from all else that is put in.
    @discardableResult
    mutating func insert(_ item: Item, at time: Duration) -> UInt32 {
        lastNumber &+= 1
        let entry = Entry(time: time, number: lastNumber, item: item)
        heap.append(entry)
        var hole = heap.count - 1
        while hole > 0, entry < heap[(hole - 1) / 4] {
            heap[hole] = heap[(hole - 1) / 4]
            hole = (hole - 1) / 4
        }
        heap[hole] = entry
        return entry.number
    }

    /// Whether one more takes a block of memory twice as large, beside the one there is.
    var isFull: Bool { heap.count == heap.capacity }

    /// Drops items that are of no use any more.
    mutating func removeAll(where isVoid: (Item, _ number: UInt32) -> Bool) {
        heap.removeAll { isVoid($0.item, $0.number) }
        guard heap.count > 1 else { return }
        for index in (0...(heap.count - 2) / 4).reversed() { sink(heap[index], from: index) }
    }

    /// Takes out the item that is due first, if it is due by now.
    mutating func popFirst(by now: Duration) -> (item: Item, number: UInt32)? {
        guard let first = heap.first, first.time <= now else { return nil }
        _ = popFirst()
        return (first.item, first.number)
    }

    /// Takes out the item that is due first.
    mutating func popFirst() -> Item? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sink(last, from: 0) }
        return first.item
    }

    /// Puts an entry to a place, and lets it sink from there.
    private mutating func sink(_ entry: Entry, from place: Int) {
        var hole = place
        while let least = leastChild(of: hole), heap[least] < entry {
            heap[hole] = heap[least]
            hole = least
        }
        heap[hole] = entry
    }

    private func leastChild(of index: Int) -> Int? {
        let first = 4 * index + 1
        guard first < heap.count else { return nil }
        var least = first
        var child = first + 1
        while child < min(first + 4, heap.count) {
            if heap[child] < heap[least] { least = child }
            child += 1
        }
        return least
    }
}
