import FetchCore
import FetchJobs
import FetchPostgres
import Foundation
import Testing

extension PostgresTests {
    @Suite("A transaction left open") struct OpenTransactionTests {
        /// An open transaction keeps the database from removing the rows of all jobs that have ended since. A lease has
        /// to pass over their entries in the index.
        @Test func `a lease isn't slower by the jobs that have ended`() async throws {
            let database = try TestDatabase()
            let count = TestDatabase.randomRuns >= 100 ? 100_000 : 5_000
            try await database.withStore { store, schema in
                let worker = try await store.register("w", timeToLive: .seconds(3_600))
                let fresh = try await times(of: store, worker, from: 0, churn: 1_000)
                let other = try database.store(in: schema, configuration: .init(connections: 1))
                try await other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM \(schema).job")
                _ = try await times(of: store, worker, from: 100_000, churn: count)
                let old = try await times(of: store, worker, from: 900_000, churn: 1_000)
                try await other.execute("ROLLBACK")
                let ratio = old / fresh
                print(
                    "Lease of 500 jobs: \(fresh), with \(3 * count) rows kept by an open transaction: \(old) (\(ratio))"
                )
                #expect(ratio < 4)
            }
        }

        /// Adds, leases and records jobs, and returns the shortest time of a lease of 500.
        private func times(
            of store: PostgresJobStore,
            _ worker: WorkerID,
            from first: Int,
            churn count: Int
        ) async throws -> Double {
            var shortest = Duration.seconds(1_000)
            for start in stride(from: first, to: first + count, by: 500) {
                try await store.add(start..<start + 500)
                let before = ContinuousClock.now
                let jobs = try await store.lease(500, by: worker)
                shortest = min(shortest, before.duration(to: .now))
                _ = try await store.record(jobs.map { EndedJob($0, JobEnd(.succeeded)) }, by: worker)
            }
            return Double(shortest / .microseconds(1))
        }
    }
}
