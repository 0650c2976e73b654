import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization

/// Counts the calls of the store in memory, the rows that they write, and outcomes that are recorded twice.
final class CountingStore: Sendable {
    struct Counts: Sendable {
        var calls: [String: Int] = [:]
        var rows = 0
        var returnedJobs = 0
        var recordedTwice = 0
        var mostCallsInASecond = 0
        fileprivate var recordedBy: [Int64] = []
        fileprivate var second = -1
        fileprivate var callsInSecond = 0
    }

    let inner: any JobStore
    private let clock: VirtualClock
    private let state: Mutex<Counts>

    init(on clock: VirtualClock, jobs: Int) {
        self.clock = clock
        // Outcomes that are acknowledged go with the next round of clearing up.
        inner = InMemoryJobStore(retention: .zero, date: clock.wallClock)
        state = Mutex(Counts(recordedBy: Array(repeating: 0, count: jobs + 1)))
    }

    var counts: Counts { state.withLock { $0 } }

    /// Counts a call. Pages of many rows are one statement.
    private func count(_ name: String, rows: Int = 0) {
        let second = Int(clock.elapsed / .seconds(1))
        state.withLock { state in
            state.calls[name, default: 0] += 1
            state.rows += rows
            if second != state.second { (state.second, state.callsInSecond) = (second, 0) }
            state.callsInSecond += 1
            state.mostCallsInASecond = max(state.mostCallsInASecond, state.callsInSecond)
        }
    }
}

extension CountingStore: WrappedJobStore {
    /// The functions that only the benchmark calls, to look at the result.
    private static let uncounted: Set<String> = ["overview", "jobs", "outcome", "retry"]

    func call<Result: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result {
        if !Self.uncounted.contains(name) { count(name) }
        return try await body(inner)
    }

    func add(_ jobs: [DurableJob]) async throws -> [AddResult] {
        count("add", rows: jobs.count)
        return try await inner.add(jobs)
    }

    func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        let jobs = try await inner.lease(request, by: worker)
        count(jobs.isEmpty ? "lease (empty)" : "lease", rows: jobs.count)
        return jobs
    }

    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        let recorded = try await inner.record(ends, by: worker)
        count("record", rows: recorded.count)
        state.withLock { state in
            for id in recorded {
                let earlier = state.recordedBy[Int(id.rawValue)]
                if earlier != 0, earlier != worker.rawValue { state.recordedTwice += 1 }
                state.recordedBy[Int(id.rawValue)] = worker.rawValue
            }
        }
        return recorded
    }

    func giveBack(_ jobs: [ReturnedJob], by worker: WorkerID) async throws {
        count("giveBack", rows: jobs.count)
        try await inner.giveBack(jobs, by: worker)
    }

    func clearUp(limit: Int) async throws -> ClearUpResult {
        let result = try await inner.clearUp(limit: limit)
        count("clearUp", rows: result.returnedJobs)
        state.withLock { $0.returnedJobs += result.returnedJobs }
        return result
    }

    func cancel(_ job: JobReference, tenant: String?) async throws -> StoredOutcome? {
        count("cancel", rows: 1)
        return try await inner.cancel(job, tenant: tenant)
    }
}
