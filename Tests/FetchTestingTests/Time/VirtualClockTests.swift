import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Virtual clock") struct VirtualClockTests {
    @Test func `sleeping for an hour takes no real time`() async throws {
        let clock = VirtualClock()
        let real = ContinuousClock()
        let start = real.now
        try await clock.run { try await clock.sleep(for: .seconds(3_600)) }
        #expect(clock.elapsed == .seconds(3_600))
        #expect(start.duration(to: real.now) < .seconds(1_800), "a busy machine may take its time, but not an hour")
    }

    @Test func `sleeps end in the order of their deadlines`() async throws {
        let clock = VirtualClock()
        let log = EventLog<String>()
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seconds in [30, 10, 20, 10] {
                    group.addTask {
                        try await clock.sleep(for: .seconds(seconds))
                        log.record("\(seconds) at \(clock.elapsed)")
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(
            log.events == ["10 at 10.0 seconds", "10 at 10.0 seconds", "20 at 20.0 seconds", "30 at 30.0 seconds"]
        )
    }

    @Test func `sleeps with the same deadline end in the order in which they began`() async throws {
        let clock = VirtualClock()
        let log = EventLog<String>()
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        try await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil)
                        log.record("\(number)")
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(log.events == (0..<100).map(String.init))
    }

    @Test func `runnable work is finished before time advances`() async throws {
        let clock = VirtualClock()
        let counter = Counter()
        let seen = try await clock.run {
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    try await clock.sleep(for: .milliseconds(1))
                    return await counter.value
                }
                group.addTask {
                    for _ in 0..<1_000 { await counter.increment() }
                    return 0
                }
                return try await group.reduce(0, +)
            }
        }
        #expect(seen == 1_000)
    }

    @Test func `ten thousand sleeps end in order`() async throws {
        let clock = VirtualClock()
        let last = try await clock.run {
            try await withThrowingTaskGroup(of: Duration.self) { group in
                for number in 0..<10_000 {
                    group.addTask {
                        try await clock.sleep(for: .milliseconds((number * 7_919) % 10_000))
                        return clock.elapsed
                    }
                }
                var last = Duration.zero
                for try await moment in group {
                    #expect(moment >= last)
                    last = moment
                }
                return last
            }
        }
        #expect(last == .milliseconds(9_999))
    }

    @Test func `a cancelled sleep ends immediately without advancing time`() async throws {
        let clock = VirtualClock()
        await clock.run {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await clock.sleep(for: .seconds(100)) }
                    #expect(clock.elapsed == .seconds(5))
                }
                try? await clock.sleep(for: .seconds(5))
                group.cancelAll()
            }
        }
        #expect(clock.elapsed == .seconds(5))
    }

    @Test func `a cancelled task doesn't sleep`() async {
        let clock = VirtualClock()
        await clock.run {
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await clock.sleep(for: .seconds(100)) }
                }
            }
        }
        #expect(clock.elapsed == .zero)
    }

    @Test(arguments: [Duration.zero, .seconds(-3)])
    func `a deadline in the past ends the sleep immediately`(offset: Duration) async throws {
        let clock = VirtualClock()
        try await clock.run { try await clock.sleep(until: clock.now.advanced(by: offset), tolerance: nil) }
        #expect(clock.elapsed == .zero)
    }

    @Test func `a sleep outside of run ends`() async throws {
        let clock = VirtualClock()
        try await clock.sleep(for: .seconds(60))
        #expect(clock.elapsed == .seconds(60))
    }

    @Test func `run rethrows the error of its operation`() async {
        struct Failure: Error {}
        await #expect(throws: Failure.self) { try await VirtualClock().run { throw Failure() } }
    }

    @Test func `the date advances with the elapsed time`() async throws {
        let epoch = Date(timeIntervalSince1970: 1_000)
        let clock = VirtualClock(epoch: epoch)
        #expect(clock.date == epoch)
        try await clock.run { try await clock.sleep(for: .milliseconds(2_500)) }
        #expect(clock.wallClock() == epoch.addingTimeInterval(2.5))
    }

    @Test func `repeated runs have the same order of events`() async throws {
        func run() async throws -> [String] {
            let clock = VirtualClock()
            let log = EventLog<String>()
            try await clock.run {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<10 {
                        group.addTask {
                            for step in 1...5 {
                                try await clock.sleep(for: .milliseconds(100 * (worker % 3 + step)))
                                log.record("\(worker).\(step)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            return log.events
        }
        #expect(try await run() == run())
    }
}

private actor Counter {
    var value = 0

    func increment() { value += 1 }
}
