import FetchCore
import FetchJobs
import FetchTesting
import Testing

/// Acknowledges outcomes when they are taken: a reader that dies loses them.
private struct ForgetfulStore: WrappedJobStore {
    let inner: any JobStore

    func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome] {
        let outcomes = try await inner.takeDeliveries(limit: limit, for: duration)
        try await inner.acknowledge(outcomes.map(\.id))
        return outcomes
    }
}

/// Says that all ends are recorded, also those of jobs that another worker has.
private struct UnfencedStore: WrappedJobStore {
    let inner: any JobStore

    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        _ = try await inner.record(ends, by: worker)
        return Set(ends.map(\.id))
    }
}

/// Finds nothing of an end that it has recorded before.
private struct UnrepeatableStore: WrappedJobStore {
    let inner: any JobStore

    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        let held = Set(try await inner.leases(of: worker, after: nil, limit: 1_000).map(\.id))
        return try await inner.record(ends, by: worker).intersection(held)
    }
}

/// Adds no jobs, and says that it has.
private struct EmptyStore: WrappedJobStore {
    let inner: any JobStore

    func add(_ jobs: [DurableJob]) async throws -> [AddResult] {
        jobs.indices.map { .added(StoredJobID(rawValue: Int64($0 + 1))) }
    }
}

/// Can't list what a worker has leased.
private struct StoreWithoutLeases: WrappedJobStore {
    let inner: any JobStore

    func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] { [] }
}

/// Declares no worker dead.
private struct ImmortalStore: WrappedJobStore {
    let inner: any JobStore

    func clearUp(limit: Int) async throws -> ClearUpResult { ClearUpResult() }
}

@Suite("The conformance of stores") struct JobStoreConformanceTests {
    private typealias Rule = JobStoreRule

    private static func conformance(
        _ wrap: @escaping @Sendable (InMemoryJobStore) -> any JobStore
    ) -> JobStoreConformance {
        JobStoreConformance { date in wrap(InMemoryJobStore(date: date)) }
    }

    private static func brokenRules(
        _ wrap: @escaping @Sendable (InMemoryJobStore) -> any JobStore
    ) async throws -> Set<JobStoreRule> {
        Set(try await conformance(wrap).violations().map(\.rule))
    }

    @Test func `each kind of broken store is found by its rule`() async throws {
        #expect(try await Self.brokenRules { ForgetfulStore(inner: $0) } == [.deliveries])
        #expect(try await Self.brokenRules { UnfencedStore(inner: $0) } == [.fencing, .cancelling])
        #expect(try await Self.brokenRules { UnrepeatableStore(inner: $0) } == [.repeatedRecords])
        #expect(try await Self.brokenRules { StoreWithoutLeases(inner: $0) } == [.lostLeases])
        #expect(try await Self.brokenRules { EmptyStore(inner: $0) }.contains(.adding))
        #expect(try await Self.brokenRules { ImmortalStore(inner: $0) }.isSuperset(of: [.deaths, .fencing, .renewal]))
    }

    @Test func `a random run finds a store that loses jobs or says that others were recorded`() async throws {
        for conformance in [
            Self.conformance { EmptyStore(inner: $0) }, Self.conformance { UnfencedStore(inner: $0) },
        ] {
            await #expect(throws: JobStoreConformanceFailure.self) {
                for seed in 1...20 as ClosedRange<UInt64> { try await conformance.checkRandomRun(seed: seed) }
            }
        }
    }

    @Test func `interruptions find a store that doesn't repeat`() async throws {
        await #expect(throws: JobStoreConformanceFailure.self) {
            try await Self.conformance { UnrepeatableStore(inner: $0) }.checkInterruptions()
        }
    }
}
