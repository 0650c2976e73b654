import FetchDataStructures

/// A job in a queue, ordered by the time since which it has been due, and then by its place in the queue.
struct DueJob: Comparable, Sendable {
    @InNanoseconds private(set) var due: Duration
    let number: UInt32
    let job: SlotKey

    static func < (one: Self, other: Self) -> Bool {
        one._due == other._due
            ? Int32(bitPattern: one.number &- other.number) < 0 : one._due < other._due
    }
}
