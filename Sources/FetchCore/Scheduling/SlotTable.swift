/// A table whose places are used again, each time under another generation, so that who holds the place of something that
/// is gone finds nothing.
///
/// It grows by blocks: a million elements are never copied to make room for one more. When the last element goes, so do all
/// blocks, unless there is but one.
struct SlotTable<Element> {
    fileprivate struct Place {
        var generation: UInt32 = 0
        var element: Element?

        mutating func update<Result>(_ slot: JobSlot, _ change: (inout Element) -> Result) -> Result? {
            guard generation == slot.generation, element != nil else { return nil }
            // It is there, as the line above says. To take it out and put it back would move it twice.
            return change(&element!)
        }
    }

    private static var blockSize: UInt32 { 1_024 }

    private var blocks: [[Place]] = []
    private var free: [UInt32] = []
    private var size: UInt32 = 0
    private var lastGeneration: UInt32 = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    private static func place(of index: UInt32) -> (block: Int, offset: Int) {
        let (block, offset) = index.quotientAndRemainder(dividingBy: blockSize)
        return (Int(block), Int(offset))
    }

    mutating func insert(_ element: Element) -> JobSlot {
        count += 1
        lastGeneration &+= 1
        if let index = free.popLast() {
            let (block, offset) = Self.place(of: index)
            blocks[block][offset] = Place(generation: lastGeneration, element: element)
            return JobSlot(index: index, generation: lastGeneration)
        }
        let (block, offset) = Self.place(of: size)
        if block == blocks.count {
            blocks.append([])
            blocks[block].reserveCapacity(Int(Self.blockSize))
        }
        assert(blocks[block].count == offset)
        blocks[block].append(Place(generation: lastGeneration, element: element))
        size += 1
        return JobSlot(index: size - 1, generation: lastGeneration)
    }

    mutating func remove(_ slot: JobSlot) {
        guard contains(slot) else { return }
        count -= 1
        if count == 0, blocks.count > 1 {
            (blocks, free, size) = ([], [], 0)
        } else {
            let (block, offset) = Self.place(of: slot.index)
            free.append(slot.index)
            blocks[block][offset] = Place()
        }
    }

    /// Changes the element of a slot in its place, or looks at it there. Returns nil where it is gone.
    ///
    /// An element that the subscript returns is a copy, every reference in it counted. This is for what is done with each answer.
    @inline(__always)
    mutating func update<Result>(_ slot: JobSlot, _ change: (inout Element) -> Result) -> Result? {
        guard slot.index < size else { return nil }
        let (block, offset) = Self.place(of: slot.index)
        return blocks[block][offset].update(slot, change)
    }

    /// The same where there may be nothing to return.
    @inline(__always)
    mutating func update<Result>(_ slot: JobSlot, _ change: (inout Element) -> Result?) -> Result? {
        guard slot.index < size else { return nil }
        let (block, offset) = Self.place(of: slot.index)
        return blocks[block][offset].update(slot, change) ?? nil
    }

    /// All slots that are taken.
    var all: [JobSlot] { (0..<size).lazy.filter { self[$0] != nil }.map(slot) }

    /// Whether the element of a slot is there. Copies nothing.
    func contains(_ slot: JobSlot) -> Bool { slot.generation != 0 && self.slot(slot.index) == slot }

    /// The slot at a place, of which nothing is found where there is none.
    func slot(_ index: UInt32) -> JobSlot {
        guard index < size else { return JobSlot(index: index, generation: 0) }
        let (block, offset) = Self.place(of: index)
        return JobSlot(index: index, generation: blocks[block][offset].generation)
    }

    /// The element at a place, whichever it is.
    subscript(index: UInt32) -> Element? {
        // In its caller, where only what is asked for is copied.
        @inline(__always)
        get {
            let (block, offset) = Self.place(of: index)
            return blocks[block][offset].element
        }
    }

    /// The element of a slot, nil where it is gone. It can be changed in its place, as in `table[slot]?.count += 1`.
    subscript(slot: JobSlot) -> Element? {
        // In its caller, where only what is asked for is copied.
        @inline(__always)
        get {
            guard slot.index < size else { return nil }
            let (block, offset) = Self.place(of: slot.index)
            guard blocks[block][offset].generation == slot.generation else { return nil }
            return blocks[block][offset].element
        }
        _modify {
            let (block, offset) = Self.place(of: slot.index)
            if slot.index < size, blocks[block][offset].generation == slot.generation {
                yield &blocks[block][offset].element
            } else {
                var nothing: Element?
                yield &nothing
            }
        }
    }
}

extension SlotTable: Sendable where Element: Sendable {}

extension SlotTable.Place: Sendable where Element: Sendable {}
