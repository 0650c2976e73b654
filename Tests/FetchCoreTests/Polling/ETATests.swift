import FetchCore
import FetchTesting
import Testing

@Suite("ETAs") struct ETATests {
    private let policy = PollingPolicy(minimumGap: .milliseconds(10), maximumGap: .seconds(600))

    @Test func `a job is polled before and after its ETA`() async {
        let harness = PollingHarness([.pending(eta: 100), .pending], policy: policy)
        _ = await harness.poll()
        let nearETA = harness.requestTimes.filter { $0 > .seconds(60) && $0 < .seconds(140) }
        #expect(nearETA.count >= 4)
        #expect(harness.requestTimes[1] < .seconds(90))
    }

    @Test func `an ETA that counts down gives the same schedule as one given once`() async {
        let clock = VirtualClock()
        let countdown = ScriptedTransport.Step { request in
            try await ScriptedTransport.Step.pending(eta: max(100 - clock.elapsed.seconds, 0)).play(request)
        }
        let counting = PollingHarness([countdown], clock: clock, policy: policy)
        _ = await counting.poll()
        let once = PollingHarness([.pending(eta: 100), .pending], policy: policy)
        _ = await once.poll()
        for (one, other) in zip(counting.requestTimes, once.requestTimes) where other < .seconds(100) {
            #expect((one - other).magnitudeInSeconds < 1e-3)
        }
    }

    @Test func `an ETA repeated unchanged counts from the response that first gave it`() async {
        let repeating = PollingHarness([.pending(eta: 100)], policy: policy)
        _ = await repeating.poll()
        let once = PollingHarness([.pending(eta: 100), .pending], policy: policy)
        _ = await once.poll()
        #expect(repeating.requestTimes == once.requestTimes)
    }

    @Test func `an ETA that repeats that of the submission counts from the submission`() async {
        let repeating = PollingHarness([.pending(eta: 100)], policy: policy)
        _ = await repeating.poll(submitted: Submission(at: repeating.clock.date, eta: .seconds(100)))
        let silent = PollingHarness([.pending], policy: policy)
        _ = await silent.poll(submitted: Submission(at: silent.clock.date, eta: .seconds(100)))
        #expect(repeating.requestTimes == silent.requestTimes)
    }

    @Test func `a changed ETA replaces the earlier one`() async throws {
        let harness = PollingHarness([.pending(eta: 10), .pending(eta: 400), .pending], policy: policy)
        _ = await harness.poll()
        #expect(try #require(harness.gaps.dropFirst().first) > .seconds(30))
    }
}
