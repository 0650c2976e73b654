/// A first-in, first-out queue of two arrays, which lets go of each element as it is removed.
public struct FIFOQueue<Element> {
    /// The elements that come out next, the first of them last.
    @usableFromInline var front: [Element] = []
    @usableFromInline var back: [Element] = []

    /// Creates an empty queue.
    @inlinable
    public init() {}

    /// True if there is no element.
    @inlinable
    public var isEmpty: Bool { front.isEmpty && back.isEmpty }

    /// The number of elements.
    @inlinable
    public var count: Int { front.count + back.count }

    /// The element that comes out next; `nil` if the queue is empty.
    @inlinable
    public var first: Element? { front.last ?? back.first }

    /// Adds an element at the end.
    @inlinable
    public mutating func append(_ element: Element) { back.append(element) }

    /// Removes and returns the element that was added first; `nil` if the queue is empty.
    @inlinable
    public mutating func popFirst() -> Element? {
        if front.isEmpty {
            // A single element, the usual case, needs no second array.
            if back.count <= 1 { return back.popLast() }
            front = back.reversed()
            back = []
        }
        return front.popLast()
    }
}

extension FIFOQueue: Sendable where Element: Sendable {}
