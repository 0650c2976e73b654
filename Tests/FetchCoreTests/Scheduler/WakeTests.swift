import FetchCore
import FetchTesting
import Testing

@Suite("Waking a job") struct WakeTests {
    private let policy = PollingPolicy(
        deadline: .seconds(3600),
        minimumGap: .seconds(2),
        schedule: .fixed(.seconds(30))
    )

    @Test func `waking a job makes it due at once`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(policy: policy)
        let job = try JobReference("test.job:40")
        try await harness.clock.run {
            async let result = client.result(job)
            try await harness.clock.sleep(for: .seconds(42))
            client.wake(job)
            _ = try await result
        }
        #expect(harness.times(of: "40") == [.zero, .seconds(30), .seconds(42)])
    }

    @Test func `repeated wake-ups never poll more often than the minimum gap`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(policy: policy)
        let job = try JobReference("test.job:9")
        try await harness.clock.run {
            async let result = client.result(job)
            for _ in 0..<1_000 {
                try await harness.clock.sleep(for: .milliseconds(10))
                client.wake(job)
            }
            _ = try await result
        }
        #expect(harness.times(of: "9").count == 6)
        #expect(zip(harness.times(of: "9").dropFirst(), harness.times(of: "9")).allSatisfy { $0 - $1 >= .seconds(2) })
    }

    @Test func `waking a job during a request causes one more request`() async throws {
        let harness = SchedulingHarness(latency: .seconds(5))
        let client = try harness.client(policy: policy)
        let job = try JobReference("test.job:3")
        try await harness.clock.run {
            async let result = client.result(job)
            try await harness.clock.sleep(for: .seconds(4))
            client.wake(job)
            _ = try await result
        }
        #expect(harness.times(of: "3") == [.zero, .seconds(5)])
    }

    @Test func `waking a job without subscribers, an unknown job or one that has ended sends no request`() async throws
    {
        let harness = SchedulingHarness()
        let client = try harness.client(policy: policy)
        try await harness.clock.run {
            client.wake(try JobReference("test.job:1"))
            client.wake(try JobReference("unknown.job:1"))
            _ = try await client.result(JobReference("test.job:0"))
            client.wake(try JobReference("test.job:0"))
            try await harness.clock.sleep(for: .seconds(600))
        }
        #expect(harness.requests.count == 1)
    }
}
