/// What is due when, the earliest first, and of what is due at the same time, what came first.
///
/// A binary heap. Nothing is taken out of its middle: who puts a thing off gives it another stamp, and what comes up under an
/// old one is passed over.
struct TimerQueue<Item> {
    private struct Entry {
        @InNanoseconds private(set) var time: Duration
        let order: UInt32
        let item: Item

        static func < (one: Self, other: Self) -> Bool {
            // The order wraps around: what matters is which of two is the later one.
            one.time == other.time ? Int32(bitPattern: one.order &- other.order) < 0 : one.time < other.time
        }
    }

    private var heap: [Entry] = []
    private var nextOrder: UInt32 = 0

    var isEmpty: Bool { heap.isEmpty }
    var count: Int { heap.count }

    /// The earliest time in the queue.
    var nextTime: Duration? { heap.first?.time }

    /// The item that is due first.
    var first: Item? { heap.first?.item }

    mutating func insert(_ item: Item, at time: Duration) {
        heap.append(Entry(time: time, order: nextOrder, item: item))
        nextOrder &+= 1
        var index = heap.count - 1
        while index > 0, heap[index] < heap[(index - 1) / 2] {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Drops items that are of no use any more.
    mutating func removeAll(where isVoid: (Item) -> Bool) {
        // What is sorted is a heap.
        heap = heap.filter { !isVoid($0.item) }.sorted(by: <)
    }

    /// Takes out the item that is due first, if it is due by now.
    mutating func popFirst(by now: Duration) -> Item? {
        guard let first = heap.first, first.time <= now else { return nil }
        return removeFirst().item
    }

    /// Takes out the item that is due first.
    mutating func popFirst() -> (item: Item, time: Duration)? {
        guard !heap.isEmpty else { return nil }
        let entry = removeFirst()
        return (entry.item, entry.time)
    }

    private mutating func removeFirst() -> Entry {
        heap.swapAt(0, heap.count - 1)
        let first = heap.removeLast()
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != index else { return first }
            heap.swapAt(index, least)
            index = least
        }
    }
}
