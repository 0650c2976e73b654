/// The key of an element in a ``SlotMap``: a slot, and the generation of the element in it.
package struct SlotKey: Sendable, Hashable {
    /// The number of the slot.
    package let index: UInt32

    /// The generation of the element. Zero is the key of no element.
    package let generation: UInt32

    @inlinable
    package init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }
}
