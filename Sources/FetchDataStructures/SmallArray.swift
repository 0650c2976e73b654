/// An array that keeps one element inline, and allocates memory only for two or more.
public struct SmallArray<Element>: MutableCollection, RandomAccessCollection {
    @usableFromInline var single: Element?
    @usableFromInline var several: [Element] = []

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

    /// The element at an index.
    @inlinable
    public subscript(index: Int) -> Element {
        get { single ?? several[index] }
        @inline(__always)
        _modify {
            if single != nil {
                // The line above proves it. Taking the element out and putting it back would move it twice.
                yield &single!
            } else {
                yield &several[index]
            }
        }
    }

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

    /// Calls `body` with each element in place, and removes those for which it returns true. The others stay in order.
    @inlinable
    @inline(__always)
    public mutating func removeAll(updating body: (inout Element) -> Bool) {
        if !several.isEmpty {
            var count = 0
            for index in several.indices where !body(&several[index]) {
                if count != index { several.swapAt(count, index) }
                count += 1
            }
            several.removeSubrange(count...)
        } else if !isEmpty, body(&self[0]) {
            single = nil
        }
    }

    // The functions below are inlined, since an element that is passed on is copied, with all references in it.

    /// Returns the least value that a property of the elements has; `nil` if none has one.
    @inlinable
    @inline(__always)
    public func least<Value: Comparable>(_ value: (Element) -> Value?) -> Value? {
        if let single { value(single) } else { several.lazy.compactMap(value).min() }
    }

    /// Returns true if an element satisfies a condition.
    @inlinable
    @inline(__always)
    public func contains(where condition: (Element) -> Bool) -> Bool {
        if let single { condition(single) } else { several.contains(where: condition) }
    }
}

extension SmallArray: Sendable where Element: Sendable {}
