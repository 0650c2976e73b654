import FetchCore
import FetchJobs
import FetchPostgres
import FetchTesting
import Foundation
import Synchronization
import Testing

extension PostgresTests {
    @Suite("The closure in the recording transaction") struct RecordingTests {
        private struct Refused: Error {}

        @Test(arguments: TestDatabase.routes)
        func `its statements happen with the outcome or not at all`(route: TestDatabase.Route) async throws {
            let database = try TestDatabase(route)
            let fails = Mutex(true)
            let name = TestDatabase.newSchema()
            let recorder: OutcomeRecorder = { outcomes, transaction in
                for outcome in outcomes {
                    let values: [SQLValue] = [
                        .text(outcome.job.job.description), .integer(outcome.id.rawValue), .real(0.5), .null,
                        .blob([0, 255]),
                    ]
                    let rows = try transaction.execute(
                        "INSERT INTO \(name).film VALUES ($1, $2, $3, $4, $5) RETURNING *, true",
                        values
                    )
                    #expect(rows == [values + [.integer(1)]])
                }
                if fails.withLock({ $0 }) { throw Refused() }
            }
            try await database.execute("CREATE SCHEMA \(name)")
            try await database.execute(
                "CREATE TABLE \(name).film (job text, id bigint, share double precision, nothing text, bytes bytea)"
            )
            try await database.withStore(recorder: recorder) { store, schema in
                let ids = try await store.add(0..<3)
                let worker = try await store.register("w", timeToLive: .seconds(60))
                try await store.lease(2, by: worker)
                let ends = ids.prefix(2).map { EndedJob($0, JobEnd(.succeeded)) }
                let error = await #expect(throws: JobStoreError.self) { try await store.record(ends, by: worker) }
                #expect(error?.isRetryable == true)
                await #expect(throws: JobStoreError.self) {
                    try await store.cancel(JobReference("example.video:2"), tenant: nil)
                }
                #expect(try await store.jobs(JobPage(.waiting)).count == 3)
                #expect(try await database.execute("SELECT count(*) FROM \(name).film") == [[0]])
                fails.withLock { $0 = false }
                for _ in 1...2 { #expect(try await store.record(ends, by: worker) == Set(ids.prefix(2))) }
                _ = try await store.cancel(JobReference("example.video:2"), tenant: nil)
                let jobs = try await database.execute("SELECT id FROM \(name).film ORDER BY id")
                #expect(jobs == ids.map { [.integer($0.rawValue)] })
                #expect(try await database.execute("SELECT count(*) FROM \(schema).outcome") == [[3]])
            }
            try await database.execute("DROP SCHEMA \(name) CASCADE")
        }

        @Test func `an ignored error of a statement undoes the transaction`() async throws {
            let database = try TestDatabase()
            try await database.withStore(
                recorder: { _, transaction in _ = try? transaction.execute("SELECT missing", []) }
            ) { store, _ in
                try await store.add(0..<1)
                let error = await #expect(throws: JobStoreError.self) {
                    try await store.cancel(JobReference("example.video:0"), tenant: nil)
                }
                #expect(error?.code == .unusable)
                #expect(try await store.jobs(JobPage(.waiting)).count == 1)
            }
        }

        @Test func `a closure that ends the transaction is refused`() async throws {
            try await TestDatabase().withStore(
                recorder: { _, transaction in try transaction.execute("ROLLBACK", []) }
            ) { store, _ in
                try await store.add(0..<1)
                await #expect(throws: JobStoreError.self) {
                    try await store.cancel(JobReference("example.video:0"), tenant: nil)
                }
                #expect(try await store.jobs(JobPage(.waiting)).count == 1)
            }
        }
    }
}
