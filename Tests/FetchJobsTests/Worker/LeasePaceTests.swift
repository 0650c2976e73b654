import FetchJobs
import FetchTesting
import Testing

@Suite("Jobs that come to a fleet") struct LeasePaceTests {
    @Test func `jobs that come many at a time are seldom handed over`() async throws {
        let harness = WorkerHarness(latency: .milliseconds(1)) { _ in WorkerHarness.pending }
        let workers = try (1...8).map { _ in try harness.worker() }
        let parts = try await harness.clock.run {
            try await harness.add(1...20)
            async let running: Void = harness.run(workers, for: .seconds(250))
            for number in 1..<30 {
                try await harness.clock.sleep(for: .seconds(7))
                try await harness.add(number * 20 + 1...number * 20 + 20)
            }
            try await harness.clock.sleep(for: .seconds(30))
            let fleet = try await harness.store.overview().fleet
            try await running
            return fleet.workers.map { $0.jobs.values.reduce(0, +) }
        }
        let leases = workers.reduce(0) { $0 + $1.statistics.leasedJobs }
        // Each job is leased once, a few twice or more often.
        #expect((600...900).contains(leases))
        #expect(parts.count == 8 && parts.allSatisfy { (50...100).contains($0) }, "\(parts)")
    }

    @Test func `many jobs at once are leased within seconds, although the workers have no more than their parts`()
        async throws
    {
        let harness = WorkerHarness(latency: .milliseconds(1)) { _ in WorkerHarness.pending }
        let waiting = try await harness.clock.run {
            try await harness.add(1...40)
            async let running: Void = harness.run(try (1...4).map { _ in try harness.worker() }, for: .seconds(73))
            try await harness.clock.sleep(for: .seconds(60))
            try await harness.add(41...5_000)
            try await harness.clock.sleep(for: .seconds(8))
            let waiting = try await harness.store.jobs(JobPage(.waiting, limit: 10_000)).count { $0.worker == nil }
            try await running
            return waiting
        }
        #expect(waiting == 0)
    }
}
