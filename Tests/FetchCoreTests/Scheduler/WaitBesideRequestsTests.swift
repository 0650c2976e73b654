import FetchCore
import FetchTesting
import Testing

@Suite("A wait beside other requests for its job") struct WaitBesideRequestsTests {
    @Test func `failed fetches of others don't count as errors of a wait`() async throws {
        let harness = SchedulingHarness { _, time in time < .seconds(20) ? FetchResponse(status: 503) : nil }
        let client = try harness.client()
        let policy = PollingPolicy(minimumGap: .seconds(8), maximumGap: .seconds(8), toleratedErrors: 4)
        let output = try await harness.clock.run {
            async let output = client.result(TextStateEndpoint(), id: "35", policy: policy)
            for _ in 0..<18 {
                try await harness.clock.sleep(for: .seconds(1))
                await #expect(throws: FetchError.self) { try await client.fetch(TextStateEndpoint(), id: "35") }
            }
            return try await output
        }
        #expect(output == "output 35")
    }

    @Test func `a hint isn't lost when the fetch in flight is cancelled`() async throws {
        let harness = SchedulingHarness(latency: .seconds(5))
        let client = try harness.client()
        let job = try JobReference("test.job:1")
        try await harness.clock.run {
            async let cancelled = harness.cancelling(after: .seconds(3)) {
                try await client.fetch(TextStateEndpoint(), id: "1")
            }
            try await harness.clock.sleep(for: .seconds(1))
            let submission = Submission(at: harness.clock.date)
            let policy = PollingPolicy(minimumGap: .milliseconds(10), schedule: .fixed(.seconds(50)))
            async let output = client.result(TextStateEndpoint(), id: "1", submitted: submission, policy: policy)
            try await harness.clock.sleep(for: .seconds(1))
            client.wake(job)
            #expect(await cancelled is CancellationError)
            _ = try await output
        }
        #expect(harness.times(of: "1").count == 2)
        #expect(harness.times(of: "1").last.map { $0 < .seconds(5) } == true, "\(harness.times(of: "1"))")
    }
}
