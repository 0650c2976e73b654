import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A client's statistics` {
    @Test func `count what was asked and what it brought, for each endpoint`() async throws {
        let depot = Depot { id, time in
            switch (id, time) {
            case ("25", .seconds(10)): FetchResponse(status: 503)
            case ("25", .seconds(11)): FetchResponse(status: 429, headers: ["Retry-After": "9"])
            default: nil
            }
        }
        let client = try depot.client()
        try await depot.clock.run {
            _ = try await client.result(JobReference("depot.crate:25"))
            _ = try await client.fetch(JobReference("other.crate:0"))
            _ = try await client.fetch(JobReference("other.crate:900"))
        }
        let crate = try #require(client.statistics["depot.crate"])
        #expect(depot.times(of: "25") == [0, 10, 11, 20, 30].map { .seconds($0) })
        #expect(crate.requests == 5)
        #expect(crate.pendingAnswers == 2)
        #expect(crate.failures == 2 && crate.retries == 2 && crate.throttles == 1)
        #expect(crate.detections == 1)
        #expect(crate.meanDelay == .seconds(5), "it was pending at 20 s and done at 30 s")
        let other = try #require(client.statistics["other.crate"])
        #expect(other.requests == 2 && other.detections == 1 && other.pendingAnswers == 1)
        #expect(other.meanDelay == nil, "nobody knows how long it had been ready")
        #expect(client.statistics["nowhere.crate"] == nil)
    }

    @Test func `count a failed request that nobody makes again as no retry`() async throws {
        let depot = Depot { _, _ in FetchResponse(status: 503) }
        let client = try depot.client()
        await depot.clock.run {
            _ = await #expect(throws: FetchError.self) { try await client.fetch(JobReference("depot.crate:0")) }
        }
        let crate = try #require(client.statistics["depot.crate"])
        #expect(crate.requests == 1 && crate.failures == 1 && crate.retries == 0)
    }
}
