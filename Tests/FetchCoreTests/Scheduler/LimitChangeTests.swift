import FetchCore
import FetchTesting
import Testing

@Suite("Limits and pauses that change") struct LimitChangeTests {
    @Test func `a raised limit has waiting requests begin at once`() async throws {
        let harness = SchedulingHarness(latency: .seconds(10))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 1))
        try await poll(6, harness, client) {
            try await harness.clock.sleep(for: .seconds(5))
            client.setLimits(FetchLimits(requestsInFlight: 3), for: "test")
        }
        #expect(harness.requests.map(\.time) == [0, 5, 5, 10, 15, 15].map { .seconds($0) })
    }

    @Test func `a lowered limit lets requests in flight end`() async throws {
        let harness = SchedulingHarness(latency: .seconds(10))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 3))
        try await poll(6, harness, client) {
            try await harness.clock.sleep(for: .seconds(5))
            client.setLimits(FetchLimits(requestsInFlight: 1), for: "test")
        }
        #expect(harness.requests.map(\.time) == [0, 0, 0, 10, 20, 30].map { .seconds($0) })
    }

    @Test func `a changed rate counts from the last request`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(limits: FetchLimits(requestsPerSecond: 0.1))
        try await poll(5, harness, client) {
            try await harness.clock.sleep(for: .seconds(12))
            client.setLimits(FetchLimits(requestsPerSecond: 0.5), for: "test")
        }
        #expect(harness.requests.map(\.time) == [0, 10, 12, 14, 16].map { .seconds($0) })
    }

    @Test func `limits that are set before the first request replace those of the configuration`() async throws {
        let harness = SchedulingHarness(latency: .seconds(1))
        let client = try harness.client(providerLimits: ["test": FetchLimits(requestsInFlight: 4)])
        client.setLimits(FetchLimits(requestsInFlight: 2), for: "test")
        try await poll(8, harness, client) {}
        #expect(harness.maximumInFlight == 2)
    }

    @Test func `no request to a paused provider begins, and others go on`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        client.pause("test", for: .seconds(30))
        let other = try JobReference("other.job:0-other")
        try await harness.clock.run {
            async let others = client.result(other)
            _ = try await client.result(JobReference("test.job:0"))
            _ = try await others
        }
        #expect(harness.times(of: "0") == [.seconds(30)])
        #expect(harness.times(of: "0-other") == [.zero])
    }

    @Test func `a pause of zero ends a pause`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        client.pause("test", for: .seconds(3_000))
        try await poll(1, harness, client) {
            try await harness.clock.sleep(for: .seconds(7))
            client.pause("test", for: .zero)
        }
        #expect(harness.requests.map(\.time) == [.seconds(7)])
    }

    @Test func `a deadline holds during a pause, and a fetch times out`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(policy: PollingPolicy(deadline: .seconds(20), requestTimeout: .seconds(5)))
        client.pause("test", for: .seconds(100))
        await harness.clock.run {
            _ = await #expect(throws: FetchError.self) { try await client.fetch(TextStateEndpoint(), id: "0") }
            #expect(harness.clock.elapsed == .seconds(5))
            _ = await #expect(throws: FetchError.self) { try await client.result(TextStateEndpoint(), id: "0") }
            #expect(harness.clock.elapsed <= .seconds(25))
        }
        #expect(harness.requests.isEmpty)
    }

    @Test(arguments: [Duration.seconds(-5), .seconds(Int64.max)])
    func `an absurd pause is clamped`(duration: Duration) async throws {
        let harness = SchedulingHarness()
        let client = try harness.client()
        client.pause("test", for: duration)
        client.pause("test", for: .zero)
        try await poll(1, harness, client) {}
        #expect(harness.requests.count == 1)
    }

    /// Waits for jobs that are done, while something else happens.
    private func poll(
        _ count: Int,
        _ harness: SchedulingHarness,
        _ client: FetchClient,
        meanwhile: @escaping @Sendable () async throws -> Void
    ) async throws {
        let jobs = try (0..<count).map { try JobReference("test.job:0-\($0)") }
        try await harness.clock.run {
            async let change: Void = meanwhile()
            _ = try await client.outcomes(of: jobs).results()
            try await change
        }
    }
}
