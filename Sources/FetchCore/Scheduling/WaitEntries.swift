/// The waits for one job: usually one, which needs no place of its own on the heap.
struct WaitEntries: MutableCollection, RandomAccessCollection {
    typealias Element = WatchedJob.Entry

    private var sole: Element?
    private var several: [Element] = []

    /// No wait.
    init() {}

    init(_ entry: Element) { sole = entry }

    var startIndex: Int { 0 }
    var endIndex: Int { sole == nil ? several.count : 1 }

    subscript(index: Int) -> Element {
        get { sole ?? several[index] }
        // In its caller, where an entry is changed in its place.
        @inline(__always)
        _modify {
            if sole != nil {
                // It is there, as the line above says. To take it out and put it back would move it twice.
                yield &sole!
            } else {
                yield &several[index]
            }
        }
    }

    mutating func append(_ entry: Element) {
        if isEmpty {
            sole = entry
        } else {
            if let sole = sole.take() { several.append(sole) }
            several.append(entry)
        }
    }

    @discardableResult
    mutating func remove(at index: Int) -> Element {
        sole.take() ?? several.remove(at: index)
    }

    /// Changes all waits, and takes out those for which that returns true.
    @inline(__always)
    mutating func removeAll(changing isOver: (inout Element) -> Bool) {
        if !several.isEmpty {
            var count = 0
            for index in several.indices where !isOver(&several[index]) {
                several.swapAt(count, index)
                count += 1
            }
            several.removeSubrange(count...)
        } else if !isEmpty, isOver(&self[0]) {
            sole = nil
        }
    }

    // Inlined, since otherwise the waits are copied, with all that they refer to.

    /// The least value of those that the waits have; nil where none has any.
    @inline(__always)
    func least(_ value: (Element) -> Duration?) -> Duration? {
        if let sole { value(sole) } else { several.lazy.compactMap(value).min() }
    }

    @inline(__always)
    func contains(where condition: (Element) -> Bool) -> Bool {
        if let sole { condition(sole) } else { several.contains(where: condition) }
    }
}
