import FetchDataStructures
import Testing

@Suite("Hash index") struct HashIndexTests {
    @Test func `a slot is found by its hash, and told from others of the same hash`() {
        var index = HashIndex()
        for slot: UInt32 in 0..<3 { index.insert(slot, hash: 42) }
        #expect(index.count == 3)
        for slot: UInt32 in 0..<3 { #expect(index.firstSlot(hash: 42) { $0 == slot } == slot) }
        #expect(index.firstSlot(hash: 42) { $0 == 3 } == nil)
        #expect(index.firstSlot(hash: 43) { _ in true } == nil)
    }

    @Test func `all slots of a hash are found`() {
        var index = HashIndex()
        for slot: UInt32 in 0..<4 { index.insert(slot, hash: slot == 1 ? 43 : 42) }
        #expect(index.slots(hash: 42) { _ in true }.sorted() == [0, 2, 3])
        #expect(index.slots(hash: 42) { $0 > 2 } == [3])
        #expect(index.slots(hash: 44) { _ in true }.isEmpty)
    }

    @Test func `an empty index finds nothing`() {
        var index = HashIndex()
        #expect(index.firstSlot(hash: 0) { _ in true } == nil)
        index.remove(0, hash: 0)
        #expect(index.count == 0 && index.isSmall)
    }

    @Test func `removing an entry of a row leaves the others to be found`() {
        // Hashes that collide in every table, and rows that begin behind each other.
        for removed: UInt32 in 0..<6 {
            var index = HashIndex()
            let hashes: [Int] = [14, 14, 15, 14, 0, 15]
            for (slot, hash) in hashes.enumerated() { index.insert(UInt32(slot), hash: hash) }
            index.remove(removed, hash: hashes[Int(removed)])
            for (slot, hash) in hashes.enumerated() {
                let found = index.firstSlot(hash: hash) { $0 == UInt32(slot) }
                #expect(found == (UInt32(slot) == removed ? nil : UInt32(slot)))
            }
        }
    }

    @Test func `agrees with a dictionary over many insertions and removals`() {
        var index = HashIndex()
        var model: [UInt32: Int] = [:]
        for step in 0..<20_000 {
            let slot = UInt32(step * 7_919 % 1_000)
            if let hash = model.removeValue(forKey: slot) {
                index.remove(slot, hash: hash)
            } else {
                let hash = step * 31 % 257
                model[slot] = hash
                index.insert(slot, hash: hash)
            }
        }
        #expect(index.count == model.count && !index.isSmall)
        for slot: UInt32 in 0..<1_000 {
            let hash = model[slot] ?? Int(slot) % 257
            #expect(index.firstSlot(hash: hash) { $0 == slot } == (model[slot] == nil ? nil : slot))
        }
    }
}
