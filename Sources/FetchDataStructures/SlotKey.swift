/// The key of an element in a ``SlotMap``: a slot, and the generation of the element in it.
public struct SlotKey: Sendable, Hashable {
    /// The number of the slot.
    public let index: UInt32

    /// The generation of the element. Zero is the key of no element.
    public let generation: UInt32

    /// Creates a key.
    @inlinable
    public init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }
}
