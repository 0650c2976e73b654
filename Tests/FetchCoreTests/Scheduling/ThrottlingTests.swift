import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A provider that asks to slow down` {
    private func tooMany(retryAfter: String?) -> FetchResponse {
        FetchResponse(status: 429, headers: retryAfter.map { ["Retry-After": $0] } ?? [:])
    }

    @Test func `is left alone for as long as it says, and no other with it`() async throws {
        let depot = Depot { [self] id, time in
            id.hasPrefix("0-t") && time == .zero ? tooMany(retryAfter: "30") : nil
        }
        let client = try depot.client()
        try await depot.clock.run {
            async let throttled = client.result(JobReference("depot.crate:0-t"))
            try await depot.clock.sleep(for: .seconds(5))
            async let other = client.result(JobReference("other.crate:0-o"))
            async let same = client.result(JobReference("depot.crate:0-s"))
            _ = try await (throttled, other, same)
        }
        #expect(depot.times(of: "0-o") == [.seconds(5)])
        #expect(depot.times(of: "0-s") == [.seconds(30)])
        #expect(depot.times(of: "0-t").last == .seconds(30))
    }

    @Test(arguments: ["-1", "soon", "1000000000", "0", nil])
    func `is believed within the policy's bounds`(hint: String?) async throws {
        let depot = Depot { [self] _, time in time == .zero ? tooMany(retryAfter: hint) : nil }
        let client = try depot.client(
            policy: PollingPolicy(maximumGap: .seconds(40), schedule: .fixed(.seconds(10)))
        )
        _ = try await depot.clock.run { try await client.result(JobReference("depot.crate:0")) }
        #expect(depot.clock.elapsed <= .seconds(40))
        #expect(depot.requests.count == 2)
    }

    @Test func `is asked with fewer requests at once, and with more again when it is well`() async throws {
        let depot = Depot(latency: .seconds(1)) { [self] _, time in time == .zero ? tooMany(retryAfter: "5") : nil }
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 16))
        let jobs = try (0..<64).map { try JobReference("depot.crate:0-\($0)") }
        let results = try await depot.clock.run { try await client.results(of: jobs) }
        #expect(results.values.allSatisfy { (try? $0.get()) != nil })
        let starts = Dictionary(grouping: depot.requests, by: \.time).mapValues(\.count)
        #expect(starts[.zero] == 16)
        let later = starts.keys.sorted().dropFirst()
        #expect(later.first.map { starts[$0]! <= 8 } == true)
        #expect(later.contains { starts[$0]! > 8 })
    }

    @Test func `for ever ends each wait at its deadline, and is asked seldom`() async throws {
        let depot = Depot { [self] _, _ in tooMany(retryAfter: nil) }
        let client = try depot.client(policy: PollingPolicy(deadline: .seconds(600)))
        let jobs = try (0..<50).map { try JobReference("depot.crate:0-\($0)") }
        let results = try await depot.clock.run { try await client.results(of: jobs) }
        let codes = results.values.compactMap { if case .failure(let error) = $0 { error.code } else { nil } }
        #expect(codes.count == 50 && codes.allSatisfy { $0 == .deadlineExceeded || $0 == .rateLimited })
        // The timer rests after it rang.
        #expect(depot.clock.elapsed <= .seconds(600) + .milliseconds(20))
        #expect(depot.requests.count < 50 * 12)
    }

    @Test func `that is down is not asked more often than a budget of retries allows`() async throws {
        let depot = Depot { _, _ in FetchResponse(status: 503) }
        let policy = PollingPolicy(deadline: .seconds(300), toleratedErrors: 1_000)
        let client = try depot.client(policy: policy)
        let jobs = try (0..<200).map { try JobReference("depot.crate:0-\($0)") }
        _ = try await depot.clock.run { try await client.results(of: jobs) }
        // 200 first requests, 100 retries that the budget pays for, and then one a minute for each job.
        #expect(depot.requests.count <= 200 + 100 + 200 * 7)
        let early = depot.requests.filter { $0.time < .seconds(50) }.count
        #expect(early <= 300)
    }
}
