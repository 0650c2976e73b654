import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Testing

@Suite("Ends that a store refuses") struct RefusedEndTests {
    /// A store whose application can't handle the outcome of one job.
    private struct RefusingStore: WrappedJobStore {
        let inner: any JobStore
        let refused: StoredJobID
        let code: JobStoreError.Code

        func record(_ ends: [EndedJob], by worker: WorkerID) async throws -> Set<StoredJobID> {
            guard !ends.contains(where: { $0.id == refused }) else {
                throw JobStoreError(code, "the application's part of the transaction failed")
            }
            return try await inner.record(ends, by: worker)
        }
    }

    @Test(arguments: [JobStoreError.Code.unavailable, .unusable])
    func `one end that can't be recorded keeps back no other one`(code: JobStoreError.Code) async throws {
        let harness = WorkerHarness()
        let store = RefusingStore(inner: harness.store, refused: StoredJobID(rawValue: 7), code: code)
        let worker = try harness.worker(store)
        let kinds = try await harness.clock.run {
            try await harness.add(1...200)
            try await harness.run([worker], for: .seconds(120))
            return try await harness.deliveredKinds()
        }
        #expect(kinds == Array(repeating: .succeeded, count: 199))
        #expect(worker.lastStoreError?.code == code)
        #expect((5...60).contains(worker.statistics.failedStoreCalls))
    }

    @Test func `a job whose output is too large for a store is parked`() async throws {
        let text = String(repeating: "x", count: JobEnd.maximumSize)
        let harness = WorkerHarness { _ in FetchResponse(json: #"{"status":"success","text":"\#(text)"}"#) }
        let parked = try await harness.clock.run {
            try await harness.add(1...2)
            try await harness.run([try harness.worker()], for: .seconds(60))
            return try await harness.store.jobs(JobPage(.parked))
        }
        #expect(parked.count == 2)
        #expect(parked.first?.parkedReason?.contains("1048576") == true)
    }
}
