import FetchDataStructures
import Testing

@Suite("Addressable heap") struct AddressableHeapTests {
    @Test func `values come out in the order of their priorities, up to a limit`() {
        var heap = AddressableHeap<Int, String>()
        for (priority, value) in [(5, "e"), (1, "a"), (4, "d"), (2, "b"), (3, "c")] {
            _ = heap.insert(value, at: priority)
        }
        var values: [String] = []
        while let value = heap.popFirst(upTo: 3) { values.append(value) }
        #expect(values == ["a", "b", "c"])
        #expect(heap.leastPriority() == 4)
    }

    @Test func `a removed value doesn't come out, and is removed once`() {
        var heap = AddressableHeap<Int, String>()
        let first = heap.insert("a", at: 1)
        _ = heap.insert("b", at: 2)
        heap.remove(first)
        heap.remove(first)
        #expect(heap.leastPriority() == 2)
        #expect(heap.popFirst(upTo: 9) == "b")
        #expect(heap.popFirst(upTo: 9) == nil)
        #expect(heap.leastPriority() == nil)
    }

    @Test func `the heap stays small if values are removed before they are the least`() {
        var heap = AddressableHeap<Int, Int>()
        for priority in 0..<100_000 {
            heap.remove(heap.insert(priority, at: priority))
            #expect(heap.size < 100)
        }
    }

    @Test func `the order stays when entries of removed values are purged`() {
        var heap = AddressableHeap<Int, Int>()
        let priorities = (0..<1_000).map { $0 * 7_919 % 1_000 }
        let keys = priorities.map { heap.insert($0, at: $0) }
        for (priority, key) in zip(priorities, keys) where priority % 10 != 0 { heap.remove(key) }
        #expect(heap.size < 300)
        var left: [Int] = []
        while let priority = heap.popFirst(upTo: 1_000) { left.append(priority) }
        #expect(left == Array(stride(from: 0, to: 1_000, by: 10)))
    }
}
