/// A heap: the least element is found in constant time, inserted and removed in logarithmic time.
///
/// A binary heap with four children to a node in place of two: half as many levels, and the four are neighbours in
/// memory. Elements that compare as equal come out in any order. Removing the last element releases a buffer of more
/// than 64.
public struct Heap<Element: Comparable> {
    /// The capacity that is kept when there are no elements.
    @inlinable
    static var smallCapacity: Int { 64 }

    @usableFromInline var elements: [Element] = []

    /// Creates an empty heap.
    @inlinable
    public init() {}

    /// True if there is no element.
    @inlinable
    public var isEmpty: Bool { elements.isEmpty }

    /// The number of elements.
    @inlinable
    public var count: Int { elements.count }

    /// True if the next insertion allocates a block of twice the size, beside the one in use.
    @inlinable
    public var isFull: Bool { elements.count == elements.capacity }

    /// The least element; `nil` if the heap is empty.
    @inlinable
    public var first: Element? { elements.first }

    /// All elements, in no order.
    @inlinable
    public var unordered: [Element] { elements }

    /// Inserts an element.
    @inlinable
    public mutating func insert(_ element: Element) {
        elements.append(element)
        var hole = elements.count - 1
        while hole > 0, element < elements[(hole - 1) / 4] {
            elements[hole] = elements[(hole - 1) / 4]
            hole = (hole - 1) / 4
        }
        elements[hole] = element
    }

    /// Removes and returns the least element; `nil` if the heap is empty.
    @inlinable
    @discardableResult
    public mutating func popFirst() -> Element? {
        guard let first = elements.first, let last = elements.popLast() else { return nil }
        if !elements.isEmpty {
            siftDown(last, from: 0)
        } else if elements.capacity > Self.smallCapacity {
            elements = []
        }
        return first
    }

    /// Removes and returns the least element if it satisfies a condition.
    @inlinable
    public mutating func popFirst(where condition: (Element) -> Bool) -> Element? {
        guard let first = elements.first, condition(first) else { return nil }
        return popFirst()
    }

    /// Removes all elements that satisfy a condition, in linear time.
    @inlinable
    public mutating func removeAll(where condition: (Element) -> Bool) {
        elements.removeAll(where: condition)
        guard elements.count > 1 else { return }
        for index in (0...(elements.count - 2) / 4).reversed() { siftDown(elements[index], from: index) }
    }

    @inlinable
    mutating func siftDown(_ element: Element, from index: Int) {
        var hole = index
        while let least = leastChild(of: hole), elements[least] < element {
            elements[hole] = elements[least]
            hole = least
        }
        elements[hole] = element
    }

    @inlinable
    func leastChild(of index: Int) -> Int? {
        let first = 4 * index + 1
        guard first < elements.count else { return nil }
        var least = first
        var child = first + 1
        while child < min(first + 4, elements.count) {
            if elements[child] < elements[least] { least = child }
            child += 1
        }
        return least
    }
}

extension Heap: Sendable where Element: Sendable {}
