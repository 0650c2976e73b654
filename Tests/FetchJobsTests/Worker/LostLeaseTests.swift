import FetchCore
import FetchJobs
import FetchTesting
import Synchronization
import TestSupport
import Testing

@Suite("Leases whose result is lost") struct LostLeaseTests {
    @Test func `jobs of a lost lease are found although the first search for them fails`() async throws {
        let harness = WorkerHarness()
        let store = LossyStore(harness.store)
        let kinds = try await harness.clock.run {
            try await harness.add(1...10)
            try await harness.run([try harness.worker(store)], for: .seconds(60))
            return try await harness.deliveredKinds()
        }
        #expect(store.losses == 3)
        #expect(kinds == Array(repeating: .succeeded, count: 10))
        #expect(harness.clock.elapsed < .seconds(60))
    }
}

extension LostLeaseTests {
    /// A store whose hints don't arrive.
    private struct SilentStore: WrappedJobStore {
        let inner: any JobStore

        func takeHints(of worker: WorkerID) async throws -> [StoredJobID] {
            _ = try await inner.takeHints(of: worker)
            throw JobStoreError(.unavailable, "the result was lost")
        }
    }

    @Test func `a cancelled job isn't polled any more although its hint is lost`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        let worker = try harness.worker(SilentStore(inner: harness.store))
        try await harness.clock.run {
            try await harness.add(1...2)
            async let running: Void = harness.run([worker], for: .seconds(100))
            try await harness.clock.sleep(for: .seconds(30))
            try await harness.store.cancel(JobReference("example.jobs:1"))
            try await running
        }
        let times = Dictionary(grouping: harness.requests, by: \.id).mapValues { $0.map(\.time) }
        let (cancelled, other) = (try #require(times["1"]?.last), try #require(times["2"]?.last))
        #expect(cancelled < .seconds(45))
        #expect(other > .seconds(90))
    }

    @Test func `a worker that can poll no endpoint ends with the reason`() async throws {
        let harness = WorkerHarness()
        let endpoint = ConfigurableEndpoint<Int>(name: "example.jobs", read: { _ in .pending })
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: ScriptedTransport([
                .init { _ in throw FetchError(.transportUnavailable, "libcurl isn't installed") }
            ]),
            credentials: .fixed(["example": APIKey("test-key")]),
            environment: FetchClient.Environment(clock: harness.clock, wallClock: harness.clock.wallClock)
        )
        let worker = JobWorker(client: client, store: harness.store)
        try await harness.clock.run { try await harness.add(1...3) }
        let error = await #expect(throws: FetchError.self) { try await harness.clock.run { try await worker.run() } }
        #expect(error?.code == .transportUnavailable)
        #expect(worker.statistics.leftEndpoints == ["example.jobs"])
        #expect(try await harness.store.jobs(JobPage(.waiting)).allSatisfy { $0.worker == nil })
    }
}

/// A store that loses the result of the first lease and of the first two searches for leases.
private final class LossyStore: WrappedJobStore {
    let inner: any JobStore
    private let counters = Mutex((leases: 0, searches: 0))

    init(_ store: any JobStore) { inner = store }

    var losses: Int { counters.withLock { min($0.leases, 1) + min($0.searches, 2) } }

    func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        let jobs = try await inner.lease(request, by: worker)
        try counters.withLock { counters in
            counters.leases += 1
            if counters.leases == 1 { throw JobStoreError(.unavailable, "the result was lost") }
        }
        return jobs
    }

    func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        try counters.withLock { counters in
            counters.searches += 1
            if counters.searches <= 2 { throw JobStoreError(.unavailable, "the result was lost") }
        }
        return try await inner.leases(of: worker, after: after, limit: limit)
    }
}
