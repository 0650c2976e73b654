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
            let report = FleetWorker(
                id: dead,
                endpoints: ["example": ["example.jobs"]],
                jobs: [ProviderAccount("example"): 1]
            )
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

    @Test func `jobs don't wait with a worker without a share if another one has a share`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        try await harness.clock.run {
            try await harness.add(1...10)
            async let first: Void = harness.run([try harness.worker()], for: .seconds(200))
            try await harness.clock.sleep(for: .seconds(30))
            // A worker that dies after its first renewal. The share of a newcomer waits for its death.
            let dead = try await harness.store.register("dead", timeToLive: .seconds(60))
            let report = FleetWorker(
                id: dead,
                jobs: [ProviderAccount("example"): 1],
                appliedFleet: try await harness.store.overview().fleet.date
            )
            _ = try await harness.store.renew(report, timeToLive: .seconds(60))
            async let second: Void = harness.run([try harness.worker()], for: .seconds(170))
            for number in 11...60 {
                try await harness.clock.sleep(for: .seconds(1))
                try await harness.add(number...number)
            }
            _ = try await (first, second)
        }
        let began = Dictionary(harness.requests.map { (Int($0.id) ?? 0, $0.time) }, uniquingKeysWith: min)
        for number in 11...60 {
            // The schedule sends the first request for a job after five seconds.
            let wait = try #require(began[number]) - .seconds(20 + number) - .seconds(5)
            #expect(wait < .seconds(10), "job \(number)")
        }
    }

    @Test func `a worker that can't poll all jobs of another one takes no share from it`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        let members = try await harness.clock.run {
            try await harness.add(1...50)
            let (able, other) =
                (["example.jobs", "example.others"], ["example.others"]) as ([EndpointName], [EndpointName])
            async let first: Void = harness.run([try harness.worker(endpoints: able)], for: .seconds(200))
            try await harness.clock.sleep(for: .seconds(30))
            async let second: Void = harness.run([try harness.worker(endpoints: other)], for: .seconds(160))
            var members: Set<Int> = []
            for _ in 0..<150 {
                try await harness.clock.sleep(for: .seconds(1))
                members.insert(try await harness.store.overview().fleet.members(of: ProviderAccount("example")).count)
            }
            _ = try await (first, second)
            return members
        }
        #expect(members == [1])
    }

    @Test func `a worker that is full leaves the jobs beyond that to a newcomer`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        try await harness.clock.run {
            try await harness.add(1...2)
            async let full: Void = harness.run([try harness.worker(maximumJobs: 2)], for: .seconds(400))
            try await harness.clock.sleep(for: .seconds(30))
            async let newcomer: Void = harness.run([try harness.worker()], for: .seconds(370))
            try await harness.clock.sleep(for: .seconds(30))
            try await harness.add(3...3)
            _ = try await (full, newcomer)
        }
        let first = try #require(harness.requests.first { $0.id == "3" })
        #expect(first.time < .seconds(60 + 180))
    }
}
