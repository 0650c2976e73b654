import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Testing

@Suite("The store in memory") struct InMemoryJobStoreTests {
    private let conformance = JobStoreConformance { date in InMemoryJobStore(date: date) }

    @Test func `the store conforms to the contract`() async throws { try await conformance.check() }

    /// `FETCHKIT_RANDOM_RUNS` in the environment is the number of runs.
    private static let runs = ProcessInfo.processInfo.environment["FETCHKIT_RANDOM_RUNS"].flatMap { UInt64($0) } ?? 100

    @Test(arguments: 1...max(runs, 1))
    func `invariants hold in a random run`(seed: UInt64) async throws {
        try await conformance.checkRandomRun(seed: seed, steps: 150)
    }

    @Test func `a failure before or after any call changes no outcome`() async throws {
        let calls = try await conformance.checkInterruptions()
        #expect(calls > 20)
    }

    @Test func `an outcome is dropped when its time is over`() async throws {
        let clock = TrialClock()
        let store = InMemoryJobStore(retention: .seconds(100), date: { clock.date })
        let job = try DurableJob("example.video:1")
        try await store.add([job])
        _ = try await store.cancel(job.job)
        clock.advance(by: .seconds(200))
        try await store.clearUp(limit: 10)
        // It isn't acknowledged.
        #expect(try await store.outcome(of: job.job) != nil)
        try await store.acknowledge(try await store.takeDeliveries(limit: 1, for: .seconds(1)).map(\.id))
        clock.advance(by: .seconds(101))
        try await store.clearUp(limit: 10)
        #expect(try await store.outcome(of: job.job) == nil)
        #expect(try await store.add([job]) == [.added(StoredJobID(rawValue: 2))])
    }

    @Test func `a loop over deliveries waits for outcomes`() async throws {
        let clock = VirtualClock()
        let store = InMemoryJobStore(date: clock.wallClock)
        let kinds = try await clock.run {
            try await store.add([DurableJob("example.video:1"), DurableJob("example.video:2")])
            async let kinds = Self.kinds(of: 2, store, clock)
            try await clock.sleep(for: .seconds(5))
            _ = try await store.cancel(JobReference("example.video:1"))
            try await clock.sleep(for: .seconds(5))
            _ = try await store.cancel(JobReference("example.video:2"))
            return try await kinds
        }
        #expect(kinds == [.cancelled, .cancelled])
        #expect(try await store.overview().undeliveredOutcomes == 0)
    }

    private static func kinds(
        of count: Int,
        _ store: InMemoryJobStore,
        _ clock: VirtualClock
    ) async throws -> [JobEnd.Kind] {
        var kinds: [JobEnd.Kind] = []
        for try await delivery in store.deliveries(clock: clock) {
            try await delivery.acknowledge()
            kinds.append(delivery.outcome.end.kind)
            if kinds.count == count { break }
        }
        return kinds
    }
}
