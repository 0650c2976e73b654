package import FetchJobs
import FetchTesting

/// A store that reports each call that has returned.
package struct ObservedJobStore: WrappedJobStore {
    package let inner: any JobStore
    private let report: @Sendable (StoreCall) -> Void

    /// - Parameters:
    ///   - store: The store that carries the calls out.
    ///   - report: Receives each call that has returned a result.
    package init(_ store: any JobStore, report: @escaping @Sendable (StoreCall) -> Void) {
        inner = store
        self.report = report
    }

    package func call<Result: Sendable>(
        _ name: String,
        _ body: @escaping @Sendable (any JobStore) async throws -> Result
    ) async throws -> Result {
        let result = try await body(inner)
        report(.other(name))
        return result
    }
}

extension ObservedJobStore {
    package func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        let worker = try await inner.register(name, timeToLive: timeToLive)
        report(.registered(worker))
        return worker
    }

    package func lease(_ request: LeaseRequest, by worker: WorkerID) async throws -> [LeasedJob] {
        let jobs = try await inner.lease(request, by: worker)
        report(.leased(jobs, worker))
        return jobs
    }

    package func leases(of worker: WorkerID, after: StoredJobID?, limit: Int) async throws -> [LeasedJob] {
        let jobs = try await inner.leases(of: worker, after: after, limit: limit)
        report(.leased(jobs, worker))
        return jobs
    }
}
