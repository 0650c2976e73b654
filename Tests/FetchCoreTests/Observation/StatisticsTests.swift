import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Client statistics") struct StatisticsTests {
    @Test func `statistics count requests and their results for each endpoint`() async throws {
        let harness = SchedulingHarness { id, time in
            switch (id, time) {
            case ("25", .seconds(10)): FetchResponse(status: 503)
            case ("25", .seconds(11)): FetchResponse(status: 429, headers: ["Retry-After": "9"])
            default: nil
            }
        }
        let client = try harness.client()
        try await harness.clock.run {
            _ = try await client.result(JobReference("test.job:25"))
            _ = try await client.fetch(JobReference("other.job:0"))
            _ = try await client.fetch(JobReference("other.job:900"))
        }
        let job = try #require(client.statistics["test.job"])
        #expect(harness.times(of: "25") == [0, 10, 11, 20, 30].map { .seconds($0) })
        #expect(job.requests == 5)
        #expect(job.pendingResponses == 2)
        #expect(job.failures == 2 && job.retries == 2 && job.throttles == 1)
        #expect(job.detections == 1)
        #expect(job.meanDelay == .seconds(5), "the job was pending at 20 s and done at 30 s")
        let other = try #require(client.statistics["other.job"])
        #expect(other.requests == 2 && other.detections == 1 && other.pendingResponses == 1)
        #expect(other.meanDelay == nil, "it is unknown when the job was done")
        #expect(client.statistics["unknown.job"] == nil)
    }

    @Test func `a failed request that is not repeated does not count as a retry`() async throws {
        let harness = SchedulingHarness { _, _ in FetchResponse(status: 503) }
        let client = try harness.client()
        await harness.clock.run {
            _ = await #expect(throws: FetchError.self) { try await client.fetch(JobReference("test.job:0")) }
        }
        let job = try #require(client.statistics["test.job"])
        #expect(job.requests == 1 && job.failures == 1 && job.retries == 0)
    }
}
