import FetchDataStructures
import Testing

@Suite("Heap") struct HeapTests {
    /// A permutation of `0..<count`, as 7,919 is a prime.
    private func shuffled(_ count: Int) -> [Int] { (0..<count).map { $0 * 7_919 % count } }

    @Test(arguments: [0, 1, 2, 4, 5, 6, 21, 22, 1_000]) func `elements come out in order`(count: Int) {
        var heap = Heap<Int>()
        for element in shuffled(count) { heap.insert(element) }
        #expect(heap.count == count)
        #expect(heap.first == (count == 0 ? nil : 0))
        #expect((0..<count).map { _ in heap.popFirst() } == Array(0..<count))
        #expect(heap.isEmpty)
        #expect(heap.popFirst() == nil)
    }

    @Test func `elements come out in order between insertions`() {
        var heap = Heap<Int>()
        var model: [Int] = []
        for (step, element) in shuffled(2_000).enumerated() {
            heap.insert(element)
            model.append(element)
            model.sort()
            guard step.isMultiple(of: 3) else { continue }
            #expect(heap.popFirst() == model.removeFirst())
        }
    }

    @Test func `the memory of many elements is released with the last`() {
        var heap = Heap<Int>()
        for element in 0..<1_000 { heap.insert(element) }
        while heap.count > 1 { heap.popFirst() }
        #expect(!heap.isFull)
        heap.popFirst()
        #expect(heap.isFull, "the capacity is zero")
    }

    @Test func `equal elements all come out`() {
        var heap = Heap<Int>()
        for element in [2, 1, 2, 1, 2] { heap.insert(element) }
        #expect((0..<5).map { _ in heap.popFirst() } == [1, 1, 2, 2, 2])
    }

    @Test func `an element comes out only if it satisfies the condition`() {
        var heap = Heap<Int>()
        for element in [3, 1, 2] { heap.insert(element) }
        #expect(heap.popFirst { $0 > 1 } == nil)
        #expect(heap.popFirst { $0 < 2 } == 1)
        #expect(heap.count == 2)
    }

    @Test(arguments: [1, 2, 3, 7]) func `the order stays when some are removed`(divisor: Int) {
        var heap = Heap<Int>()
        for element in shuffled(500) { heap.insert(element) }
        heap.removeAll { !$0.isMultiple(of: divisor) }
        #expect(Set(heap.unordered) == Set(stride(from: 0, to: 500, by: divisor)))
        var left: [Int] = []
        while let element = heap.popFirst() { left.append(element) }
        #expect(left == Array(stride(from: 0, to: 500, by: divisor)))
    }
}
