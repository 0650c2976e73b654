import FetchDataStructures
import Testing

@Suite("Slot map") struct SlotMapTests {
    @Test func `elements are found by their keys`() {
        var map = SlotMap<String>()
        let (first, second) = (map.insert("a"), map.insert("b"))
        #expect(map.count == 2)
        #expect(map[first] == "a" && map[second] == "b")
        #expect(map.contains(first))
        #expect(Set(map.keys) == [first, second])
        #expect(map.key(at: first.index) == first)
    }

    @Test func `a removed element's key finds nothing, even if its slot is in use again`() {
        var map = SlotMap<String>()
        let removed = map.insert("a")
        map.remove(removed)
        #expect(map.isEmpty && map[removed] == nil)
        let next = map.insert("b")
        #expect(next.index == removed.index && next != removed)
        map.remove(removed)
        #expect(map[removed] == nil && !map.contains(removed))
        #expect(map.update(removed) { $0 += "!" } == nil)
        #expect(map[next] == "b")
    }

    @Test func `an element is updated in place`() {
        var map = SlotMap<[Int]>()
        let key = map.insert([1])
        #expect(
            map.update(key) {
                $0.append(2); return $0.count
            } == 2
        )
        #expect(map[key] == [1, 2])
    }

    @Test func `an update may return nothing`() {
        var map = SlotMap<Int?>()
        let key = map.insert(nil)
        #expect(map.update(key) { $0 } == nil)
    }

    @Test func `keys of no element find nothing`() {
        var map = SlotMap<Int>()
        let foreign = SlotKey(index: 5, generation: 1)
        #expect(map[foreign] == nil && !map.contains(foreign))
        #expect(map.key(at: 5).generation == 0)
        map.remove(foreign)
        #expect(map[SlotKey(index: 0, generation: 0)] == nil)
        _ = map.insert(1)
        map.remove(map.key(at: 0))
        #expect(!map.contains(SlotKey(index: 0, generation: 0)))
    }

    @Test func `thousands of elements live beside each other, and their slots are used again`() {
        var map = SlotMap<Int>()
        let keys = (0..<5_000).map { map.insert($0) }
        #expect(keys.indices.allSatisfy { map[keys[$0]] == $0 })
        for index in stride(from: 0, to: 5_000, by: 2) { map.remove(keys[index]) }
        let newer = (0..<2_500).map { map.insert(-$0) }
        #expect(newer.allSatisfy { $0.index < 5_000 }, "no slot is new")
        #expect(newer.indices.allSatisfy { map[newer[$0]] == -$0 })
        #expect(stride(from: 1, to: 5_000, by: 2).allSatisfy { map[keys[$0]] == $0 })
        #expect(map.count == 5_000)
        for key in Array(map.keys) { map.remove(key) }
        #expect(map.isEmpty && map.key(at: 0).generation == 0)
        let first = map.insert(7)
        #expect(first.index == 0 && map[first] == 7, "all memory was released")
        #expect(!keys.contains(first) && !newer.contains(first))
    }
}
