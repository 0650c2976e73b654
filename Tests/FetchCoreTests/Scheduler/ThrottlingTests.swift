import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Rate limiting by a provider") struct ThrottlingTests {
    private func rateLimitResponse(retryAfter: String?) -> FetchResponse {
        FetchResponse(status: 429, headers: retryAfter.map { ["Retry-After": $0] } ?? [:])
    }

    @Test func `a 429 pauses its provider for the time of Retry-After, and no other provider`() async throws {
        let harness = SchedulingHarness { [self] id, time in
            id.hasPrefix("0-t") && time == .zero ? rateLimitResponse(retryAfter: "30") : nil
        }
        let client = try harness.client()
        try await harness.clock.run {
            async let throttled = client.result(JobReference("test.job:0-t"))
            try await harness.clock.sleep(for: .seconds(5))
            async let other = client.result(JobReference("other.job:0-o"))
            async let same = client.result(JobReference("test.job:0-s"))
            _ = try await (throttled, other, same)
        }
        #expect(harness.times(of: "0-o") == [.seconds(5)])
        #expect(harness.times(of: "0-s") == [.seconds(30)])
        #expect(harness.times(of: "0-t").last == .seconds(30))
    }

    @Test(arguments: ["-1", "soon", "1000000000", "0", nil])
    func `the pause after a 429 is clamped to the policy's range`(hint: String?) async throws {
        let harness = SchedulingHarness { [self] _, time in time == .zero ? rateLimitResponse(retryAfter: hint) : nil }
        let client = try harness.client(
            policy: PollingPolicy(maximumGap: .seconds(40), schedule: .fixed(.seconds(10)))
        )
        _ = try await harness.clock.run { try await client.result(JobReference("test.job:0")) }
        #expect(harness.clock.elapsed <= .seconds(40))
        #expect(harness.requests.count == 2)
    }

    @Test func `a 429 reduces the concurrency, which grows again with successful responses`() async throws {
        let harness = SchedulingHarness(latency: .seconds(1)) { [self] _, time in
            time == .zero ? rateLimitResponse(retryAfter: "5") : nil
        }
        let client = try harness.client(limits: FetchLimits(requestsInFlight: 16))
        let jobs = try (0..<64).map { try JobReference("test.job:0-\($0)") }
        let results = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        #expect(results.values.allSatisfy { (try? $0.get()) != nil })
        let starts = Dictionary(grouping: harness.requests, by: \.time).mapValues(\.count)
        #expect(starts[.zero] == 16)
        let later = starts.keys.sorted().dropFirst()
        #expect(later.first.map { starts[$0]! <= 8 } == true)
        #expect(later.contains { starts[$0]! > 8 })
    }

    @Test func `permanent 429 responses end each job at its deadline, after few requests`() async throws {
        let harness = SchedulingHarness { [self] _, _ in rateLimitResponse(retryAfter: nil) }
        let client = try harness.client(policy: PollingPolicy(deadline: .seconds(600)))
        let jobs = try (0..<50).map { try JobReference("test.job:0-\($0)") }
        let results = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        let codes = results.values.compactMap { $0.error?.code }
        #expect(codes.count == 50 && codes.allSatisfy { $0 == .deadlineExceeded || $0 == .rateLimited })
        // The timer may fire up to 20 ms late.
        #expect(harness.clock.elapsed <= .seconds(600) + .milliseconds(20))
        #expect(harness.requests.count < 50 * 12)
    }

    @Test func `the retry budget limits the requests to a provider that is down`() async throws {
        let harness = SchedulingHarness { _, _ in FetchResponse(status: 503) }
        let policy = PollingPolicy(deadline: .seconds(300), toleratedErrors: 1_000)
        let client = try harness.client(policy: policy)
        let jobs = try (0..<200).map { try JobReference("test.job:0-\($0)") }
        _ = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        // 200 first requests, 100 retries from the budget, and then one request a minute for each job.
        #expect(harness.requests.count <= 200 + 100 + 200 * 7)
        let early = harness.requests.filter { $0.time < .seconds(50) }.count
        #expect(early <= 300)
    }
}
