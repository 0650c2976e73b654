import FetchCore
import FetchTesting
import Testing

@Suite struct `An ETA` {
    private let policy = PollingPolicy(minimumGap: .milliseconds(10), maximumGap: .seconds(600))

    @Test func `is asked around, not slept through`() async {
        let office = Office([.waiting(eta: 100), .waiting], policy: policy)
        _ = await office.wait()
        let aroundIt = office.requestTimes.filter { $0 > .seconds(60) && $0 < .seconds(140) }
        #expect(aroundIt.count >= 4)
        #expect(office.requestTimes[1] < .seconds(90))
    }

    @Test func `that is counted down means the same moment all the time`() async {
        let clock = VirtualClock()
        let countdown = ScriptedTransport.Step { request in
            try await ScriptedTransport.Step.waiting(eta: max(100 - clock.elapsed.seconds, 0)).play(request)
        }
        let counting = Office([countdown], clock: clock, policy: policy)
        _ = await counting.wait()
        let once = Office([.waiting(eta: 100), .waiting], policy: policy)
        _ = await once.wait()
        for (one, other) in zip(counting.requestTimes, once.requestTimes) where other < .seconds(100) {
            #expect((one - other).magnitudeInSeconds < 1e-3)
        }
    }

    @Test func `that is repeated unchanged keeps the moment that its first word meant`() async {
        let repeating = Office([.waiting(eta: 100)], policy: policy)
        _ = await repeating.wait()
        let once = Office([.waiting(eta: 100), .waiting], policy: policy)
        _ = await once.wait()
        #expect(repeating.requestTimes == once.requestTimes)
    }

    @Test func `that repeats the submission's keeps the moment that the submission meant`() async {
        let repeating = Office([.waiting(eta: 100)], policy: policy)
        _ = await repeating.wait(submitted: Submission(at: repeating.clock.date, eta: .seconds(100)))
        let silent = Office([.waiting], policy: policy)
        _ = await silent.wait(submitted: Submission(at: silent.clock.date, eta: .seconds(100)))
        #expect(repeating.requestTimes == silent.requestTimes)
    }

    @Test func `that changes is believed`() async throws {
        let office = Office([.waiting(eta: 10), .waiting(eta: 400), .waiting], policy: policy)
        _ = await office.wait()
        #expect(try #require(office.gaps.dropFirst().first) > .seconds(30))
    }
}
