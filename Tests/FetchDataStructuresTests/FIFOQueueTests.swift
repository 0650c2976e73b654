import FetchDataStructures
import Testing

@Suite("FIFO queue") struct FIFOQueueTests {
    @Test func `elements come out in the order in which they came`() {
        var queue = FIFOQueue<Int>()
        var next = 0
        for element in 0..<1_000 {
            queue.append(element)
            guard element.isMultiple(of: 3) else { continue }
            #expect(queue.first == next)
            #expect(queue.popFirst() == next)
            next += 1
            #expect(queue.count == element + 1 - next)
        }
        while let element = queue.popFirst() {
            #expect(element == next)
            next += 1
        }
        #expect(next == 1_000 && queue.isEmpty && queue.first == nil)
    }

    @Test func `a removed element is let go of at once`() {
        final class Probe: Sendable {}
        var queue = FIFOQueue<Probe>()
        weak var first: Probe?
        do {
            let probe = Probe()
            first = probe
            queue.append(probe)
        }
        queue.append(Probe())
        #expect(first != nil)
        _ = queue.popFirst()
        #expect(first == nil && queue.count == 1)
    }
}
