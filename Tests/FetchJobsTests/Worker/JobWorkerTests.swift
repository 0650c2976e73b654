import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization
import Testing

/// The connection of one worker to its store.
private final class Cable: Sendable {
    private let state = Mutex(false)

    var isCut: Bool { state.withLock { $0 } }

    func cut() { state.withLock { $0 = true } }
}

@Suite("Workers") struct JobWorkerTests {
    @Test func `jobs are polled until they end, and their outcomes are delivered`() async throws {
        let harness = WorkerHarness { $0.time > .seconds(20) ? WorkerHarness.success : WorkerHarness.pending }
        let kinds = try await harness.clock.run {
            try await harness.add(1...30)
            try await harness.run([try harness.worker()], for: .seconds(120))
            return try await harness.deliveredKinds()
        }
        #expect(kinds == Array(repeating: .succeeded, count: 30))
        #expect(harness.clock.elapsed < .seconds(60))
    }

    @Test func `a worker that is cancelled gives its jobs back and removes itself`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        try await harness.clock.run {
            try await harness.add(1...30)
            try await harness.run([try harness.worker()], for: .seconds(60))
        }
        let jobs = try await harness.store.jobs(JobPage(.waiting))
        #expect(jobs.count == 30)
        #expect(jobs.allSatisfy { $0.worker == nil && $0.deaths == 0 && $0.lastRequest != nil })
        #expect(try await harness.store.overview().fleet.workers.isEmpty)
    }

    @Test func `the next worker goes on when the first one would have`() async throws {
        let harness = WorkerHarness { $0.time > .seconds(90) ? WorkerHarness.success : WorkerHarness.pending }
        let kinds = try await harness.clock.run {
            try await harness.add(1...1)
            try await harness.run([try harness.worker()], for: .seconds(61))
            // The clock on the wall of the second one is wrong by an hour, which doesn't matter.
            try await harness.run([try harness.worker(wallClockOffset: 3_600)], for: .seconds(200))
            return try await harness.deliveredKinds()
        }
        #expect(kinds == [.succeeded])
        let times = harness.requests.map(\.time)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= .seconds(5) })
    }

    @Test func `a worker that can't renew stops all requests and its jobs go to another one`() async throws {
        let cable = Cable()
        let harness = WorkerHarness { $0.time > .seconds(200) ? WorkerHarness.success : WorkerHarness.pending }
        let cut = InterruptedJobStore(harness.store) { _ in cable.isCut ? .before : nil }
        let kinds = try await harness.clock.run {
            try await harness.add(1...10)
            let (first, second) = (try harness.worker(cut, key: APIKey("first-key")), try harness.worker())
            async let cutting: Void = {
                try await harness.clock.sleep(for: .seconds(31))
                cable.cut()
                try await harness.run([second], for: .seconds(400))
            }()
            let running = Task(executorPreference: harness.clock.taskExecutor) { try await first.run() }
            try await cutting
            running.cancel()
            _ = await running.result
            return try await harness.deliveredKinds()
        }
        #expect(kinds == Array(repeating: .succeeded, count: 10))
        let times = Dictionary(grouping: harness.requests, by: \.key).mapValues { $0.map(\.time) }
        let last = try #require(times["Bearer first-key"]?.max())
        let next = try #require(times["Bearer test-key"]?.min())
        // The worker's time is over 54 seconds after it has sent its last renewal, at most 31 seconds after its start.
        #expect(last > .seconds(60))
        #expect(last < .seconds(31 + 54))
        #expect(next > last)
        #expect(next < .seconds(31 + 75 + 5))
    }

    @Test(arguments: [1, 2, 3])
    func `workers share the limit of an account`(count: Int) async throws {
        let harness = WorkerHarness { $0.time > .seconds(100) ? WorkerHarness.success : WorkerHarness.pending }
        let kinds = try await harness.clock.run {
            try await harness.add(1...120)
            let limits = FetchLimits(requestsInFlight: 5)
            let workers = try (0..<count).map { _ in try harness.worker(limits: limits, maximumJobs: 60) }
            try await harness.run(workers, for: .seconds(1_000))
            return try await harness.deliveredKinds()
        }
        #expect(kinds.count == 120)
        #expect(harness.mostInFlight == 5)
    }

    @Test func `a worker that joins gets its part of the jobs`() async throws {
        // No request is in flight when jobs are handed over, since it would be repeated soon.
        let harness = WorkerHarness(latency: .milliseconds(1)) { _ in WorkerHarness.pending }
        let counts = try await harness.clock.run {
            try await harness.add(1...60)
            async let joining: [Int] = {
                try await harness.clock.sleep(for: .seconds(30))
                async let counts: [Int] = {
                    try await harness.clock.sleep(for: .seconds(60))
                    return try await harness.store.overview().fleet.workers.map { $0.jobs.values.reduce(0, +) }
                }()
                try await harness.run([try harness.worker()], for: .seconds(70))
                return try await counts
            }()
            try await harness.run([try harness.worker()], for: .seconds(100))
            return try await joining
        }
        #expect(counts == [30, 30])
        // The jobs that were handed over are polled as the schedule says.
        for times in Dictionary(grouping: harness.requests, by: \.id).values.map({ $0.map(\.time) }) {
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= .seconds(5) })
        }
    }

    @Test func `a worker keeps the jobs of an endpoint that the others can't poll`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        let (one, other) = (try harness.worker(), try harness.worker(endpoints: ["example.others"]))
        try await harness.clock.run {
            try await harness.add(1...100)
            try await harness.run([one, other], for: .seconds(120))
        }
        #expect(one.statistics.leasedJobs == 100)
    }

    @Test func `the jobs of a dead worker are polled again within 75 seconds`() async throws {
        let harness = WorkerHarness { $0.time > .seconds(40) ? WorkerHarness.success : WorkerHarness.pending }
        let kinds = try await harness.clock.run {
            try await harness.add(1...10)
            // A worker that dies as soon as it has leased the jobs.
            let dead = try await harness.store.register("dead", timeToLive: .seconds(60))
            let request = LeaseRequest("example", endpoints: ["example.jobs"], limit: 100)
            let leased = try await harness.store.lease(request, by: dead)
            #expect(leased.count == 10)
            try await harness.run([try harness.worker()], for: .seconds(300))
            return try await harness.deliveredKinds()
        }
        #expect(kinds == Array(repeating: .succeeded, count: 10))
        // The schedule sends the first request for a job after five seconds.
        #expect(try #require(harness.requests.map(\.time).max()) < .seconds(75 + 5))
    }

    @Test func `a refused key pauses the account and ends no job`() async throws {
        let harness = WorkerHarness { $0.time < .seconds(30) ? WorkerHarness.refused : WorkerHarness.success }
        let kinds = try await harness.clock.run {
            try await harness.add(1...100)
            let worker = try harness.worker(limits: FetchLimits(requestsInFlight: 3))
            try await harness.run([worker], for: .seconds(60))
            let pauses = try await harness.store.overview().fleet.pauses
            #expect(pauses.map(\.account) == [ProviderAccount("example")])
            #expect(try await harness.store.jobs(JobPage(.waiting, limit: 200)).count == 100)
            #expect(harness.requests.count < 20)
            try await harness.store.resume(ProviderAccount("example"))
            try await harness.run([worker], for: .seconds(600))
            return try await harness.deliveredKinds()
        }
        #expect(kinds == Array(repeating: .succeeded, count: 100))
    }

    @Test func `two tenants with one reference have an outcome each`() async throws {
        let harness = WorkerHarness()
        let outcomes = try await harness.clock.run {
            try await harness.store.add([
                DurableJob("example.jobs:1", tenant: "a", note: 1), DurableJob("example.jobs:1", tenant: "b", note: 2),
            ])
            try await harness.run([try harness.worker()], for: .seconds(100))
            return try await harness.store.takeDeliveries(limit: 10, for: .seconds(1))
        }
        #expect(Set(outcomes.map(\.note)) == [1, 2])
        #expect(harness.requests.count == 1)
    }

    @Test func `a job of an account has the account's key`() async throws {
        let harness = WorkerHarness()
        try await harness.clock.run {
            try await harness.store.add([DurableJob("example.jobs:1", tenant: "a", account: "a")])
            let client = try harness.client()
            let tenant = client.account("a", credentials: .fixed(["example": APIKey("other-key")]))
            try await harness.run([JobWorker(client: client, store: harness.store)], for: .seconds(100))
            withExtendedLifetime(tenant) {}
        }
        #expect(harness.requests.map(\.key) == ["Bearer other-key"])
    }

    @Test func `a job that is cancelled isn't polled any more`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        try await harness.clock.run {
            try await harness.add(1...2)
            async let cancelling: Void = {
                try await harness.clock.sleep(for: .seconds(60))
                _ = try await harness.store.cancel(JobReference("example.jobs:1"))
            }()
            try await harness.run([try harness.worker()], for: .seconds(120))
            try await cancelling
        }
        let times = harness.requests.filter { $0.id == "1" }.map(\.time)
        #expect(try #require(times.max()) < .seconds(62))
        #expect(harness.requests.contains { $0.id == "2" && $0.time > .seconds(100) })
    }

    @Test func `the deadline of a stored job ends it`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        let kinds = try await harness.clock.run {
            try await harness.store.add([DurableJob("example.jobs:1", deadline: .afterAdding(.seconds(40)))])
            try await harness.run([try harness.worker()], for: .seconds(200))
            return try await harness.deliveredKinds()
        }
        #expect(kinds == [.deadline])
        #expect(harness.clock.elapsed < .seconds(70))
    }

    /// A worker whose store fails once, before or after its nth call, for each n.
    @Test func `a failure before or after any call of a worker loses no job`() async throws {
        var call = 0
        var hasFailed = true
        while hasFailed {
            call += 1
            hasFailed = false
            for moment in [InterruptedJobStore.Moment.before, .after] {
                let harness = WorkerHarness { $0.time > .seconds(15) ? WorkerHarness.success : WorkerHarness.pending }
                let store = InterruptedJobStore(harness.store, failing: moment, call: call)
                let kinds = try await harness.clock.run {
                    try await harness.add(1...4)
                    try await harness.run([try harness.worker(store)], for: .seconds(600))
                    return try await harness.deliveredKinds()
                }
                #expect(kinds == Array(repeating: .succeeded, count: 4), "call \(call), \(moment)")
                #expect(try await harness.store.overview().fleet.workers.count <= 1, "call \(call), \(moment)")
                hasFailed = hasFailed || store.hasFailed
            }
        }
        #expect(call > 20)
    }
}
