/// A table whose places are used again, each time under another generation, so that who holds the place of something that
/// is gone finds nothing.
///
/// It grows by blocks: a million elements are never copied to make room for one more.
struct SlotTable<Element> {
    private struct Place {
        var generation: UInt32 = 0
        var element: Element?
    }

    private static var blockSize: Int { 1_024 }

    private var blocks: [[Place]] = []
    private var free: [Int] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func insert(_ element: Element) -> JobSlot {
        count += 1
        if let index = free.popLast() {
            let (block, offset) = (index / Self.blockSize, index % Self.blockSize)
            blocks[block][offset].element = element
            return JobSlot(index: index, generation: blocks[block][offset].generation)
        }
        if blocks.last.map({ $0.count == Self.blockSize }) ?? true {
            var block: [Place] = []
            block.reserveCapacity(Self.blockSize)
            blocks.append(block)
        }
        let block = blocks.count - 1
        blocks[block].append(Place(element: element))
        return JobSlot(index: block * Self.blockSize + blocks[block].count - 1, generation: 0)
    }

    mutating func remove(_ slot: JobSlot) {
        let (block, offset) = (slot.index / Self.blockSize, slot.index % Self.blockSize)
        guard blocks[block][offset].generation == slot.generation else { return }
        count -= 1
        free.append(slot.index)
        blocks[block][offset] = Place(generation: slot.generation &+ 1, element: nil)
    }

    /// The element of a slot, nil where it is gone. It can be changed in its place, as in `table[slot]?.count += 1`.
    subscript(slot: JobSlot) -> Element? {
        get {
            let place = blocks[slot.index / Self.blockSize][slot.index % Self.blockSize]
            return place.generation == slot.generation ? place.element : nil
        }
        _modify {
            let (block, offset) = (slot.index / Self.blockSize, slot.index % Self.blockSize)
            if blocks[block][offset].generation == slot.generation {
                yield &blocks[block][offset].element
            } else {
                var nothing: Element?
                yield &nothing
            }
        }
    }
}
