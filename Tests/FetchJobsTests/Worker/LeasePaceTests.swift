import FetchCore
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

    @Test func `a worker keeps the jobs for which another one has no room`() async throws {
        let harness = WorkerHarness(latency: .milliseconds(1), gap: .seconds(30)) { _ in WorkerHarness.pending }
        let (small, large) = (try harness.worker(maximumJobs: 10), try harness.worker())
        let unleased = try await harness.clock.run {
            try await harness.add(1...20)
            async let running: Void = harness.run([small, large], for: .seconds(400))
            try await harness.clock.sleep(for: .seconds(90))
            try await harness.add(21...400)
            var unleased: [Int] = []
            for _ in 1...25 {
                try await harness.clock.sleep(for: .seconds(10))
                let jobs = try await harness.store.jobs(JobPage(.waiting, limit: 1_000))
                unleased.append(jobs.count { $0.worker == nil })
            }
            try await running
            return unleased
        }
        #expect(unleased.dropFirst().allSatisfy { $0 == 0 }, "\(unleased)")
        #expect(large.statistics.returnedJobs < 410)
    }

    @Test(arguments: [Duration.seconds(5), .seconds(60)])
    func `a newcomer gets its part at once, and no more than that`(gap: Duration) async throws {
        let harness = WorkerHarness(latency: .milliseconds(1), gap: gap) { _ in WorkerHarness.pending }
        let (first, second) = (try harness.worker(), try harness.worker())
        let (parts, returned) = try await harness.clock.run {
            try await harness.add(1...200)
            async let early: Void = harness.run([first], for: .seconds(300))
            try await harness.clock.sleep(for: .seconds(60))
            async let late: Void = harness.run([second], for: .seconds(240))
            try await harness.clock.sleep(for: .seconds(180))
            let fleet = try await harness.store.overview().fleet
            let parts = fleet.workers.map { $0.jobs.values.reduce(0, +) }
            let returned = first.statistics.returnedJobs
            _ = try await (early, late)
            return (parts, returned)
        }
        #expect((90...115).contains(returned))
        #expect(parts.count == 2 && parts.allSatisfy { (75...125).contains($0) }, "\(parts)")
    }

    @Test func `the jobs of a worker that had most of them are leased as soon as it is dead`() async throws {
        let harness = WorkerHarness(latency: .milliseconds(1), gap: .seconds(60)) { _ in WorkerHarness.pending }
        let unleased = try await harness.clock.run {
            try await harness.add(1...20)
            async let running: Void = harness.run(try (1...2).map { _ in try harness.worker() }, for: .seconds(420))
            try await harness.clock.sleep(for: .seconds(20))
            try await harness.add(21...3_500)
            let large = try await harness.store.register("large", timeToLive: .seconds(60))
            let request = LeaseRequest("example", endpoints: ["example.jobs"], limit: 1_000)
            while try await !harness.store.lease(request, by: large).isEmpty {}
            // The death of a worker that has lived for five minutes isn't counted.
            for _ in 1...20 {
                try await harness.clock.sleep(for: .seconds(16))
                _ = try await harness.store.renew(FleetWorker(id: large), timeToLive: .seconds(60))
            }
            try await harness.clock.sleep(for: .seconds(60 + 12))
            let jobs = try await harness.store.jobs(JobPage(.waiting, limit: 5_000))
            try await running
            return jobs.count { $0.worker == nil }
        }
        #expect(unleased == 0)
    }
}
