import FetchCore
import FetchTesting
import Synchronization
import Testing

@Suite struct `An alarm` {
    private typealias Work = @Sendable () async -> Void

    private let clock = VirtualClock()

    /// Asks for a ring after each of these seconds, takes some back, and waits until nothing is left to do.
    ///
    /// - Returns: When it rang, and how many tasks slept for that.
    private func rings(after seconds: [Int], cancelling cancelled: [Int] = []) async -> (times: [Duration], tasks: Int)
    {
        let clock = clock
        let times = Mutex<[Duration]>([])
        let tasks = await clock.run {
            let (works, work) = AsyncStream.makeStream(of: Work.self)
            let alarm = Alarm(clock) { work.yield($0) }
            let ids = seconds.map { seconds in
                alarm.ring(after: .seconds(seconds)) {
                    times.withLock { $0.append(clock.elapsed) }
                }
            }
            for index in cancelled { alarm.cancel(ids[index]) }
            work.finish()
            return await withTaskGroup(of: Void.self) { group in
                var tasks = 0
                for await work in works {
                    group.addTask { await work() }
                    tasks += 1
                }
                return tasks
            }
        }
        return (times.withLock { $0 }, tasks)
    }

    @Test(arguments: [[1, 2, 3], [3, 2, 1], [2, 3, 1], [2, 1, 3]])
    func `rings at each time, in whatever order they were asked for`(seconds: [Int]) async {
        #expect(await rings(after: seconds).times == [.seconds(1), .seconds(2), .seconds(3)])
    }

    @Test func `rings for all that asked for the same time`() async {
        #expect(await rings(after: [5, 5, 5]).times == Array(repeating: .seconds(5), count: 3))
    }

    @Test func `doesn't ring for those that have cancelled`() async {
        #expect(await rings(after: [1, 2, 3, 4], cancelling: [0, 2]).times == [.seconds(2), .seconds(4)])
        #expect(await rings(after: [1, 2], cancelling: [0, 1]).times.isEmpty)
    }

    @Test func `sleeps in one task for all that come later than the first`() async {
        #expect(await rings(after: Array(1...1_000)).tasks == 1)
        #expect(await rings(after: [3, 5, 4, 1, 2]).tasks == 2)
    }

    @Test func `rings after times that no clock can hold`() async {
        #expect(await rings(after: [.max, 1]).times.first == .seconds(1))
    }
}
