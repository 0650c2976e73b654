import FetchCore
import FetchTesting
import TestSupport
import Testing

@Suite("Shared timer") struct SharedTimerTests {
    private typealias Work = @Sendable () async -> Void

    private let clock = VirtualClock()

    /// Schedules a callback after each number of seconds, cancels some of them and runs the timer to its end.
    ///
    /// - Returns: The times of the callbacks, and the number of sleeping tasks that they needed.
    private func firingTimes(after seconds: [Int], cancelling cancelled: [Int] = []) async -> (
        times: [Duration], tasks: Int
    ) {
        let clock = clock
        let times = EventLog<Duration>()
        let tasks = await clock.run {
            let (works, work) = AsyncStream.makeStream(of: Work.self)
            let timer = SharedTimer(clock) { work.yield($0) }
            let ids = seconds.map { seconds in
                timer.schedule(after: .seconds(seconds)) { times.record(clock.elapsed) }
            }
            for index in cancelled { timer.cancel(ids[index]) }
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
        return (times.events, tasks)
    }

    @Test(arguments: [[1, 2, 3], [3, 2, 1], [2, 3, 1], [2, 1, 3]])
    func `callbacks run at their times, in whatever order they were scheduled`(seconds: [Int]) async {
        #expect(await firingTimes(after: seconds).times == [.seconds(1), .seconds(2), .seconds(3)])
    }

    @Test func `all callbacks for the same time run`() async {
        #expect(await firingTimes(after: [5, 5, 5]).times == Array(repeating: .seconds(5), count: 3))
    }

    @Test func `cancelled callbacks do not run`() async {
        #expect(await firingTimes(after: [1, 2, 3, 4], cancelling: [0, 2]).times == [.seconds(2), .seconds(4)])
        #expect(await firingTimes(after: [1, 2], cancelling: [0, 1]).times.isEmpty)
    }

    @Test func `one task sleeps for all callbacks later than the earliest`() async {
        #expect(await firingTimes(after: Array(1...1_000)).tasks == 1)
        #expect(await firingTimes(after: [3, 5, 4, 1, 2]).tasks == 2)
    }

    @Test func `callbacks after times beyond the range of the clock are accepted`() async {
        #expect(await firingTimes(after: [.max, 1]).times.first == .seconds(1))
    }
}
