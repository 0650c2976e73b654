/// A heap of values by priority, from which any value can be removed by its key.
///
/// A ``Heap`` of priorities beside a ``SlotMap`` of values. A removed value's priority stays in the heap until it is
/// the least, or until such entries outnumber the others: timeouts, for example, are nearly all removed before they are
/// due.
public struct AddressableHeap<Priority: Comparable & Sendable, Value: Sendable>: Sendable {
    @usableFromInline
    struct Entry: Comparable, Sendable {
        @usableFromInline let priority: Priority
        @usableFromInline let key: SlotKey

        @inlinable
        init(priority: Priority, key: SlotKey) {
            self.priority = priority
            self.key = key
        }

        @inlinable
        static func < (one: Self, other: Self) -> Bool { one.priority < other.priority }

        @inlinable
        static func == (one: Self, other: Self) -> Bool { one.priority == other.priority }
    }

    @usableFromInline var entries = Heap<Entry>()
    @usableFromInline var values = SlotMap<Value>()

    /// Creates an empty heap.
    @inlinable
    public init() {}

    /// The number of entries, those of removed values included.
    @inlinable
    public var size: Int { entries.count }

    /// Inserts a value and returns its key, which isn't used again for another value.
    @inlinable
    public mutating func insert(_ value: Value, at priority: Priority) -> SlotKey {
        let key = values.insert(value)
        entries.insert(Entry(priority: priority, key: key))
        return key
    }

    /// Removes the value of a key, if it is there.
    @inlinable
    public mutating func remove(_ key: SlotKey) {
        guard values.contains(key) else { return }
        values.remove(key)
        guard entries.count > 2 * values.count + 64 else { return }
        let values = values
        entries.removeAll { !values.contains($0.key) }
    }

    /// Returns the least priority; `nil` if there is no value.
    @inlinable
    public mutating func leastPriority() -> Priority? {
        while let first = entries.first, !values.contains(first.key) { entries.popFirst() }
        return entries.first?.priority
    }

    /// Removes and returns a value of the least priority, if that is at most `limit`.
    @inlinable
    public mutating func popFirst(upTo limit: Priority) -> Value? {
        guard let priority = leastPriority(), priority <= limit, let key = entries.popFirst()?.key else { return nil }
        defer { values.remove(key) }
        return values[key]
    }
}
