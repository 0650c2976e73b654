import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Provider limits") struct ProviderLimitTests {
    @Test(arguments: [(5, 5), (1, 1), (0, 1), (-7, 1), (Int.max, 40)])
    func `the limit on requests in flight covers polling and single fetches together`(limit: Int, expected: Int)
        async throws
    {
        let harness = SchedulingHarness(latency: .seconds(2))
        let client = try harness.client(
            limits: FetchLimits(requestsInFlight: limit),
            policy: PollingPolicy(requestTimeout: .seconds(600))
        )
        try await harness.clock.run {
            try await withThrowingTaskGroup { group in
                for number in 0..<20 {
                    group.addTask { _ = try await client.result(TextStateEndpoint(), id: "0-\(number)") }
                    group.addTask { _ = try await client.fetch(TextStateEndpoint(), id: "0-f\(number)") }
                }
                try await group.waitForAll()
            }
        }
        #expect(harness.requests.count == 40)
        #expect(harness.maximumInFlight == expected)
    }

    @Test(arguments: [(2.0, 0.5), (0.25, 4.0), (.nan, 0), (0, 0), (-1, 0), (.infinity, 0)])
    func `the rate limit spaces requests evenly`(rate: Double, spacing: Double) async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(limits: FetchLimits(requestsPerSecond: rate))
        let jobs = try (0..<6).map { try JobReference("test.job:0-\($0)") }
        _ = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        #expect(harness.requests.map(\.time) == (0..<6).map { .seconds(Double($0) * spacing) })
    }

    @Test func `the rate limit does not accumulate unused requests`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(limits: FetchLimits(requestsPerSecond: 2))
        try await harness.clock.run {
            for round in 0..<3 {
                try await harness.clock.sleep(for: .seconds(60))
                _ = try await client.outcomes(of: (0..<3).map { try JobReference("test.job:0-\(round)\($0)") })
                    .results()
                _ = try await client.fetch(TextStateEndpoint(), id: "0-single\(round)")
            }
        }
        let times = harness.requests.map(\.time)
        #expect(times.count == 12)
        #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 >= .milliseconds(500) })
    }

    @Test func `each provider has its own limits`() async throws {
        let harness = SchedulingHarness(latency: .seconds(10))
        let client = try harness.client(
            limits: FetchLimits(requestsInFlight: 1),
            providerLimits: ["other": FetchLimits(requestsInFlight: 4)]
        )
        let jobs = try (0..<4).flatMap {
            try [JobReference("test.job:0-\($0)"), JobReference("other.job:0-o\($0)")]
        }
        _ = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        let others = harness.requests.filter { $0.id.contains("o") }
        #expect(others.allSatisfy { $0.time == .zero })
        #expect(harness.requests.filter { !$0.id.contains("o") }.map(\.time) == (0..<4).map { .seconds($0 * 10) })
    }

    @Test func `queued jobs are polled in order of their due times`() async throws {
        let harness = SchedulingHarness(latency: .seconds(1))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 1))
        let batch = client.batch()
        try await harness.clock.run {
            for (id, age) in [("0-late", 1.0), ("0-early", 8), ("0-middle", 4)] {
                let submitted = Submission(at: harness.clock.date.addingTimeInterval(-age), eta: .seconds(10))
                batch.add(QueuedJob(try JobReference(endpoint: "test.job", id: id), submitted: submitted))
            }
            batch.finish()
            for try await _ in batch {}
        }
        #expect(harness.requests.map(\.id) == ["0-early", "0-middle", "0-late"])
    }

    @Test func `many queued jobs are polled in order of their due times and, if these are equal, of addition`()
        async throws
    {
        let harness = SchedulingHarness(latency: .seconds(1))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 1))
        let batch = client.batch()
        // Jobs added in succession have distant due times, and three jobs share each due time.
        let ages = (0..<300).map { $0 * 89 % 100 }
        try await harness.clock.run {
            for (number, age) in ages.enumerated() {
                let submitted = Submission(at: harness.clock.date.addingTimeInterval(Double(age) / 10 - 10))
                batch.add(QueuedJob(try JobReference(endpoint: "test.job", id: "0-\(number)"), submitted: submitted))
            }
            batch.finish()
            for try await _ in batch {}
        }
        let expected = ages.indices.sorted { (ages[$0], $0) < (ages[$1], $1) }
        #expect(harness.requests.map(\.id) == expected.map { "0-\($0)" })
    }

    @Test(arguments: [50.0, 300, 800])
    func `the rate limit is reached however slow the responses are`(rate: Double) async throws {
        let harness = SchedulingHarness(latency: .seconds(30))
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 100_000, requestsPerSecond: rate))
        let jobs = try (0..<Int(rate * 2)).map { try JobReference("test.job:0-\($0)") }
        _ = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        let times = harness.requests.map(\.time.seconds).sorted()
        // The number of requests is the same in each second, apart from the tolerance of the timer.
        for second in 0..<2 {
            let count = times.count { $0 >= Double(second) && $0 < Double(second + 1) }
            #expect(abs(Double(count) - rate) <= rate / 20 + 1)
        }
    }

    @Test func `the deadline holds for jobs that exceed the limit on requests in flight`() async throws {
        let harness = SchedulingHarness(latency: .seconds(100))
        let client = try harness.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(deadline: .seconds(150), requestTimeout: .seconds(120))
        )
        let jobs = try (0..<4).map { try JobReference("test.job:0-\($0)") }
        let results = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        #expect(harness.clock.elapsed <= .seconds(150))
        let codes = results.values.compactMap { $0.error?.code }
        #expect(codes == [.deadlineExceeded, .deadlineExceeded, .deadlineExceeded])
    }

    @Test(arguments: [3, 9.9, 10, 10.1, 20, 25, 60])
    func `the deadline holds for queued jobs`(deadline: Double) async throws {
        let harness = SchedulingHarness(latency: .seconds(1_000))
        let client = try harness.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(deadline: .seconds(3_600), requestTimeout: .seconds(600))
        )
        var policy = client.policy
        policy.deadline = .seconds(deadline)
        let batch = client.batch(policy: policy)
        try await harness.clock.run {
            async let first = client.result(try JobReference("test.job:0"))
            try await harness.clock.sleep(for: .seconds(1))
            for number in 1...100 { batch.add(QueuedJob(try JobReference("test.job:0-\(number)"))) }
            batch.finish()
            for try await outcome in batch {
                #expect((1 + deadline...1.03 + deadline).contains(harness.clock.elapsed.seconds))
                #expect(throws: FetchError.self) { try outcome.result.get() }
            }
            _ = try? await first
        }
        #expect(harness.requests.allSatisfy { $0.id == "0" })
    }
}
