import FetchCore
import Testing

@Suite("Timer queue") struct TimerQueueTests {
    @Test func `due elements are removed in order of their times`() {
        var queue = RingQueue<Int, String>()
        for (time, value) in [(5, "e"), (1, "a"), (4, "d"), (2, "b"), (3, "c")] {
            _ = queue.insert(value, at: time)
        }
        var due: [String] = []
        while let value = queue.popFirst(by: 3) { due.append(value) }
        #expect(due == ["a", "b", "c"])
        #expect(queue.earliest() == 4)
    }

    @Test func `a removed element is not returned`() {
        var queue = RingQueue<Int, String>()
        let first = queue.insert("a", at: 1)
        _ = queue.insert("b", at: 2)
        queue.remove(first)
        queue.remove(first)
        #expect(queue.earliest() == 2)
        #expect(queue.popFirst(by: 9) == "b")
        #expect(queue.popFirst(by: 9) == nil)
        #expect(queue.earliest() == nil)
    }

    @Test func `the queue stays small if all elements are removed before they are due`() {
        var queue = RingQueue<Int, Int>()
        for time in 0..<100_000 {
            queue.remove(queue.insert(time, at: time))
            #expect(queue.size < 100)
        }
    }

    @Test func `the queue keeps its order when it drops removed elements`() {
        var queue = RingQueue<Int, Int>()
        let times = (0..<1_000).map { $0 * 7_919 % 1_000 }
        let ids = times.map { queue.insert($0, at: $0) }
        for (time, id) in zip(times, ids) where time % 10 != 0 { queue.remove(id) }
        #expect(queue.size < 300)
        var remaining: [Int] = []
        while let time = queue.popFirst(by: 1_000) { remaining.append(time) }
        #expect(remaining == Array(stride(from: 0, to: 1_000, by: 10)))
    }
}
