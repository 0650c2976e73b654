/// A slot map: elements in reusable slots, found by keys in constant time.
///
/// Each insertion has a generation of its own, so the key of a removed element finds nothing, even if its slot is in
/// use again.
///
/// Like the other structures of this module it is public, which `package` isn't enough for: only functions that are
/// public and inlinable are specialised for the types of another module, and the unspecialised ones take several times
/// as long. The module is no product.
///
/// Storage grows in blocks of 1,024 slots: inserting never copies the elements that are there. Removing the last
/// element releases all blocks, unless there is only one.
public struct SlotMap<Element> {
    @usableFromInline
    struct Slot {
        @usableFromInline var generation: UInt32 = 0
        @usableFromInline var element: Element?

        @inlinable
        init(generation: UInt32 = 0, element: consuming Element? = nil) {
            self.generation = generation
            self.element = element
        }

        @inlinable
        @inline(__always)
        mutating func update<Result>(_ generation: UInt32, _ body: (inout Element) -> Result) -> Result? {
            guard self.generation == generation, element != nil else { return nil }
            // The line above proves it. Taking the element out and putting it back would move it twice.
            return body(&element!)
        }
    }

    @inlinable
    static var blockSize: Int { 1_024 }

    @usableFromInline var blocks: [[Slot]] = []
    @usableFromInline var freeSlots: [UInt32] = []
    @usableFromInline var size = 0
    @usableFromInline var lastGeneration: UInt32 = 0
    @usableFromInline var elementCount = 0

    /// The number of elements.
    @inlinable
    public var count: Int { elementCount }

    /// Creates an empty slot map.
    @inlinable
    public init() {}

    /// True if there is no element.
    @inlinable
    public var isEmpty: Bool { count == 0 }

    /// Inserts an element and returns its key.
    @inlinable
    public mutating func insert(_ element: consuming Element) -> SlotKey {
        elementCount += 1
        lastGeneration &+= 1
        // Zero is the generation of empty slots.
        if lastGeneration == 0 { lastGeneration = 1 }
        let slot = Slot(generation: lastGeneration, element: element)
        if let index = freeSlots.popLast() {
            blocks[Int(index) / Self.blockSize][Int(index) % Self.blockSize] = slot
            return SlotKey(index: index, generation: lastGeneration)
        }
        if size == blocks.count * Self.blockSize {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(Self.blockSize)
        }
        blocks[blocks.count - 1].append(slot)
        size += 1
        return SlotKey(index: UInt32(size - 1), generation: lastGeneration)
    }

    /// Removes and returns the element of a key; `nil` if it isn't there.
    @inlinable
    @discardableResult
    public mutating func remove(_ key: SlotKey) -> Element? {
        guard contains(key) else { return nil }
        elementCount -= 1
        let (block, offset) = (Int(key.index) / Self.blockSize, Int(key.index) % Self.blockSize)
        let element = blocks[block][offset].element.take()
        if elementCount == 0, blocks.count > 1 {
            (blocks, freeSlots, size) = ([], [], 0)
        } else {
            freeSlots.append(key.index)
            blocks[block][offset].generation = 0
        }
        return element
    }

    /// Returns true if the element of a key is there.
    @inlinable
    public func contains(_ key: SlotKey) -> Bool {
        key.generation != 0 && self.key(at: key.index).generation == key.generation
    }

    /// The key of the element in a slot; a key of no element if the slot is empty.
    @inlinable
    public func key(at index: UInt32) -> SlotKey {
        let place = Int(index)
        guard place < size else { return SlotKey(index: index, generation: 0) }
        return SlotKey(index: index, generation: blocks[place / Self.blockSize][place % Self.blockSize].generation)
    }

    /// The keys of all elements, in the order of their slots.
    public var keys: some Sequence<SlotKey> {
        (0..<UInt32(size)).lazy.map(key(at:)).filter { $0.generation != 0 }
    }

    /// Calls `body` with the element of a key in place, and returns what it returns; `nil` if there is no such element.
    ///
    /// Unlike the subscript's getter it copies nothing, so it doesn't count the references that the element holds.
    @inlinable
    @inline(__always)
    public mutating func update<Result>(_ key: SlotKey, _ body: (inout Element) -> Result) -> Result? {
        let place = Int(key.index)
        guard place < size else { return nil }
        return blocks[place / Self.blockSize][place % Self.blockSize].update(key.generation, body)
    }

    /// Calls `body` with the element of a key in place, and returns what it returns; `nil` if there is no such element.
    @inlinable
    @inline(__always)
    public mutating func update<Result>(_ key: SlotKey, _ body: (inout Element) -> Result?) -> Result? {
        let place = Int(key.index)
        guard place < size else { return nil }
        return blocks[place / Self.blockSize][place % Self.blockSize].update(key.generation, body) ?? nil
    }

    /// The element of a key; `nil` if it has been removed.
    @inlinable
    public subscript(key: SlotKey) -> Element? {
        @inline(__always)
        get {
            let place = Int(key.index)
            guard place < size else { return nil }
            let (block, offset) = (place / Self.blockSize, place % Self.blockSize)
            guard blocks[block][offset].generation == key.generation else { return nil }
            return blocks[block][offset].element
        }
    }
}

extension SlotMap: Sendable where Element: Sendable {}
extension SlotMap.Slot: Sendable where Element: Sendable {}
