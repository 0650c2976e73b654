import FetchCore
import FetchTesting
import Testing

@Suite("Timelines") struct TimelineTests {
    @Test func `a timeline starts at zero`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            try await clock.sleep(for: .seconds(5))
            let timeline = Timeline(clock)
            #expect(timeline.now == .zero)
            try await timeline.sleep(until: .seconds(3))
            #expect(timeline.now == .seconds(3))
            #expect(clock.elapsed == .seconds(8))
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(2)])
    func `sleeping until a past time returns at once`(time: Duration) async throws {
        let clock = VirtualClock()
        try await clock.run {
            let timeline = Timeline(clock)
            try await clock.sleep(for: .seconds(2))
            try await timeline.sleep(until: time)
            #expect(clock.elapsed == .seconds(2))
        }
    }

    @Test func `a cancelled task throws CancellationError, even for a past time`() async throws {
        let clock = VirtualClock()
        await clock.run {
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    let timeline = Timeline(clock)
                    await #expect(throws: CancellationError.self) { try await timeline.sleep(until: .zero) }
                    await #expect(throws: CancellationError.self) { try await timeline.sleep(until: .seconds(9)) }
                }
            }
        }
        #expect(clock.elapsed == .zero)
    }
}
