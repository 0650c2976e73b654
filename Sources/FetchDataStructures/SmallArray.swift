/// An array that keeps one element inline, and allocates memory only for two or more.
public struct SmallArray<Element>: RandomAccessCollection {
    @usableFromInline var several: [Element] = []
    @usableFromInline var single: Element?

    /// Creates an empty array.
    @inlinable
    public init() {}

    /// Creates an array of one element.
    @inlinable
    public init(_ element: Element) { single = element }

    /// Zero.
    @inlinable
    public var startIndex: Int { 0 }

    /// The number of elements.
    @inlinable
    public var endIndex: Int { single == nil ? several.count : 1 }

    /// The number of elements.
    @inlinable
    public var count: Int { endIndex }

    /// True if there is no element.
    @inlinable
    public var isEmpty: Bool { single == nil && several.isEmpty }

    /// The element at an index.
    @inlinable
    public subscript(index: Int) -> Element { single ?? several[index] }

    /// Adds an element at the end.
    @inlinable
    public mutating func append(_ element: Element) {
        if isEmpty {
            single = element
        } else {
            if let single = single.take() { several.append(single) }
            several.append(element)
        }
    }

    /// Removes and returns the element at an index.
    @inlinable
    @discardableResult
    public mutating func remove(at index: Int) -> Element {
        single.take() ?? several.remove(at: index)
    }

    // The functions below reach the elements in place, also for reading. An element that a getter returns is copied,
    // with all references in it.

    /// Calls `body` with the element at an index in place, and returns what it returns.
    @inlinable
    @inline(__always)
    public mutating func update<Result>(_ index: Int, _ body: (inout Element) -> Result) -> Result {
        // The first line proves it. Taking the element out and putting it back would move it twice.
        if single != nil { return body(&single!) }
        return body(&several[index])
    }

    /// Calls `body` with each element in place.
    @inlinable
    @inline(__always)
    public mutating func updateAll(_ body: (inout Element) -> Void) {
        if single != nil { return body(&single!) }
        for index in several.indices { body(&several[index]) }
    }

    /// Calls `body` with each element in place, and removes those for which it returns true. The others stay in order.
    @inlinable
    @inline(__always)
    public mutating func removeAll(updating body: (inout Element) -> Bool) {
        if single != nil {
            if body(&single!) { single = nil }
            return
        }
        var count = 0
        for index in several.indices where !body(&several[index]) {
            if count != index { several.swapAt(count, index) }
            count += 1
        }
        several.removeSubrange(count...)
    }

    /// Returns the least value that a property of the elements has; `nil` if none has one.
    @inlinable
    @inline(__always)
    public mutating func least<Value: Comparable>(_ value: (inout Element) -> Value?) -> Value? {
        if single != nil { return value(&single!) }
        var least: Value?
        for index in several.indices {
            guard let value = value(&several[index]) else { continue }
            least = least.map { Swift.min($0, value) } ?? value
        }
        return least
    }
}

extension SmallArray: Sendable where Element: Sendable {}
