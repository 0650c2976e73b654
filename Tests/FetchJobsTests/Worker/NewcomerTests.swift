import FetchCore
import FetchJobs
import FetchTesting
import Testing

@Suite("Workers without a share") struct NewcomerTests {
    @Test func `a worker leases few jobs before it has a share, and all others then`() async throws {
        let harness = WorkerHarness { $0.time > .seconds(100) ? WorkerHarness.success : WorkerHarness.pending }
        let (leasedEarly, kinds) = try await harness.clock.run {
            // A worker that has died after its first renewal. It never applies a fleet with another one.
            let dead = try await harness.store.register("dead", timeToLive: .seconds(60))
            let report = FleetWorker(id: dead, endpoints: ["example.jobs"], jobs: [ProviderAccount("example"): 1])
            _ = try await harness.store.renew(report, timeToLive: .seconds(60))
            try await harness.add(1...500)
            async let running: Void = harness.run([try harness.worker()], for: .seconds(300))
            try await harness.clock.sleep(for: .seconds(50))
            let leased = try await harness.store.jobs(JobPage(.waiting, limit: 1_000)).count { $0.worker != nil }
            try await running
            return (leased, try await harness.deliveredKinds())
        }
        #expect((1...64).contains(leasedEarly))
        #expect(kinds == Array(repeating: .succeeded, count: 500))
    }
}
