import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization
import Testing

/// Has each job that is recorded be cancelled just before, up to a number of times.
private final class CancellingStore: WrappedJobStore {
    let inner: any JobStore
    private let rest: Mutex<Int>

    init(inner: any JobStore, count: Int) {
        self.inner = inner
        rest = Mutex(count)
    }

    func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
        for end in ends {
            let isNext = rest.withLock { rest in
                rest -= 1
                return rest >= 0
            }
            guard isNext else { continue }
            let stored = try await inner.jobs(JobPage(.waiting, limit: .max)).first { $0.id == end.id }
            if let stored { _ = try await inner.cancel(stored.job.job, tenant: nil) }
        }
        return try await inner.record(ends, by: worker)
    }
}

@Suite("The statistics of workers") struct WorkerStatisticsTests {
    @Test func `a worker counts what it has done, and what it has lost`() async throws {
        let harness = WorkerHarness { $0.time > .seconds(20) ? WorkerHarness.success : WorkerHarness.pending }
        let worker = try harness.worker(CancellingStore(inner: harness.store, count: 2))
        try await harness.clock.run {
            try await harness.add(1...10)
            try await harness.run([worker], for: .seconds(120))
        }
        let statistics = worker.statistics
        #expect(statistics.registrations == 1)
        #expect(statistics.restarts == 0)
        #expect(statistics.leasedJobs == 10)
        #expect(statistics.recordedEnds == 8)
        #expect(statistics.lostLeases == 2)
        #expect(statistics.returnedJobs == 0)
        #expect(statistics.renewals > 2)
        #expect(statistics.lostRenewals == 0)
    }

    @Test func `a worker counts the jobs that it gives back and parks`() async throws {
        let harness = WorkerHarness { request in
            request.id == "1" ? FetchResponse(json: "{}", status: 403) : WorkerHarness.pending
        }
        let worker = try harness.worker()
        try await harness.clock.run {
            try await harness.add(1...5)
            try await harness.run([worker], for: .seconds(60))
        }
        #expect(worker.statistics.parkedJobs == 1)
        #expect(worker.statistics.returnedJobs == 4)
    }

    @Test func `a worker that can't renew counts its restarts`() async throws {
        let harness = WorkerHarness { _ in WorkerHarness.pending }
        let clock = harness.clock
        let store = InterruptedJobStore(harness.store) { _ in
            clock.elapsed > .seconds(30) && clock.elapsed < .seconds(100) ? .before : nil
        }
        let worker = try harness.worker(store)
        try await clock.run {
            try await harness.add(1...5)
            try await harness.run([worker], for: .seconds(150))
        }
        #expect(worker.statistics.restarts == 1)
        #expect(worker.statistics.registrations == 2)
        #expect(worker.statistics.lostRenewals > 4)
    }
}
