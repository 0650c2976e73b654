import FetchCore
import Testing

@Suite struct `A queue of rings` {
    @Test func `gives out what is due, the earliest first`() {
        var queue = RingQueue<Int, String>()
        for (time, value) in [(5, "e"), (1, "a"), (4, "d"), (2, "b"), (3, "c")] {
            _ = queue.insert(value, at: time)
        }
        var due: [String] = []
        while let value = queue.popFirst(by: 3) { due.append(value) }
        #expect(due == ["a", "b", "c"])
        #expect(queue.earliest() == 4)
    }

    @Test func `forgets what is taken out`() {
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

    @Test func `doesn't grow where all is taken out before its time`() {
        var queue = RingQueue<Int, Int>()
        for time in 0..<100_000 {
            queue.remove(queue.insert(time, at: time))
            #expect(queue.size < 100)
        }
    }

    @Test func `keeps its order when it drops what was taken out`() {
        var queue = RingQueue<Int, Int>()
        let times = (0..<1_000).map { $0 * 7_919 % 1_000 }
        let ids = times.map { queue.insert($0, at: $0) }
        for (time, id) in zip(times, ids) where time % 10 != 0 { queue.remove(id) }
        #expect(queue.size < 300)
        var left: [Int] = []
        while let time = queue.popFirst(by: 1_000) { left.append(time) }
        #expect(left == Array(stride(from: 0, to: 1_000, by: 10)))
    }
}
