import FetchCore
import FetchTesting
import Testing

@Suite("Gaps after errors") struct ErrorGapTests {
    @Test(arguments: [0, 0.25, 0.5, 1, -3, 7, .infinity, -.infinity, .nan])
    func `gaps after errors use full jitter with a bound that doubles, clamped to the policy's range`(random: Double)
        async throws
    {
        let policy = PollingPolicy(deadline: .seconds(6_000), minimumGap: .seconds(1), maximumGap: .seconds(60))
        let harness = PollingHarness(
            Array(repeating: .status(500), count: 12) + [.done],
            policy: policy,
            random: { random }
        )
        #expect(await harness.poll().output == "output")
        let share = random.isNaN ? 1 : min(max(random, 0), 1)
        let expected = (1...12).map { Duration.seconds(max(share * min(Double(1 << $0), 60), 1)) }
        #expect(harness.gaps == expected)
    }

    @Test func `gaps after 429 without Retry-After grow like those after other errors`() async throws {
        let harness = PollingHarness(Array(repeating: .status(429), count: 8) + [.done], random: { 1 })
        #expect(await harness.poll().output == "output")
        #expect(harness.gaps == [2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
    }

    @Test func `the backoff starts again after a response about the job`() async throws {
        let policy = PollingPolicy(schedule: .fixed(.seconds(5)))
        for status in [500, 429] {
            let script: [ScriptedTransport.Step] = [
                .status(status), .status(status), .pending, .status(status), .done,
            ]
            let harness = PollingHarness(script, policy: policy, random: { 1 })
            _ = await harness.poll()
            #expect(harness.gaps == [2, 4, 5, 2].map { .seconds($0) })
        }
    }

    @Test func `gaps stay in range after hundreds of errors, whatever the minimum gap`() async throws {
        for floor in [Duration.zero, .milliseconds(1), .seconds(1), .seconds(Int64.max)] {
            let policy = PollingPolicy(deadline: .seconds(1_000_000), minimumGap: floor, toleratedErrors: .max)
            let harness = PollingHarness(
                Array(repeating: .status(500), count: 300) + [.done],
                policy: policy,
                random: { 1 }
            )
            let run = await harness.poll()
            if floor < .seconds(60) {
                #expect(run.output == "output")
                #expect(harness.gaps.allSatisfy { $0 >= max(floor, .milliseconds(10)) && $0 <= .seconds(60) })
            } else {
                #expect(harness.requestTimes.count == 2)
            }
        }
    }
}
