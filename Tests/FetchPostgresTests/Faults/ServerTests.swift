import FetchCore
import FetchJobs
import FetchPostgres
import Foundation
import Testing
import TestSupport

extension PostgresTests {
    @Suite("A server in trouble") struct ServerTests {
        private static let controlScript = ProcessInfo.processInfo.environment["FETCHKIT_POSTGRES_CTL"]
        private static let smallDisk = ProcessInfo.processInfo.environment["FETCHKIT_POSTGRES_FULL"]

        private func control(_ command: String) throws {
            let process = Process()
            process.executableURL = URL(filePath: try #require(Self.controlScript))
            process.arguments = [command]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }

        /// Calls again while the error says that it can help.
        private func again<Value>(_ call: () async throws -> Value) async throws -> Value {
            for _ in 1...200 {
                do {
                    return try await call()
                } catch let error as JobStoreError where error.isRetryable {
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            return try await call()
        }

        @Test(.enabled(if: Self.controlScript != nil)) func `a restart of the database loses nothing`() async throws {
            for route in TestDatabase.routes {
                try await TestDatabase(route).withStore { store, _ in
                    let ids = try await store.add(0..<10)
                    let worker = try await store.register("w", timeToLive: .seconds(60))
                    #expect(try await store.lease(10, by: worker) == ids)
                    try control("stop")
                    let error = await #expect(throws: JobStoreError.self) {
                        try await store.renew(FleetWorker(id: worker), timeToLive: .seconds(60))
                    }
                    #expect(error?.isRetryable == true)
                    try control("start")
                    let fleet = try await again {
                        try await store.renew(FleetWorker(id: worker), timeToLive: .seconds(60))
                    }
                    #expect(fleet?.workers.map(\.id) == [worker])
                    let ends = ids.map { EndedJob($0, JobEnd(.failed)) }
                    #expect(try await again { try await store.record(ends, by: worker) } == Set(ids))
                }
            }
        }

        @Test func `terminated sessions are replaced`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, _ in
                try await store.add(0..<1)
                for _ in 1...3 {
                    try await database.execute(
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'FetchKit' "
                            + "AND pid <> pg_backend_pid()"
                    )
                    // The end of an idle session is seen before the next statement is sent.
                    #expect(try await store.overview().waitingJobs == 1)
                }
            }
        }

        @Test func `a read-only server is an error that retrying can help`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, _ in
                let ids = try await store.add(0..<1)
                try await database.execute("ALTER SYSTEM SET default_transaction_read_only = on")
                try await database.execute("SELECT pg_reload_conf()")
                var error: JobStoreError?
                // The sessions read the setting a moment later.
                for _ in 1...200 where error == nil {
                    do { try await store.add(1..<2) } catch let failure as JobStoreError { error = failure }
                }
                #expect(error?.code == .unavailable)
                #expect(error?.message.contains("read-only") == true)
                #expect(try await store.jobs(JobPage(.waiting)).first?.id == ids[0])
                try await database.execute("ALTER SYSTEM RESET default_transaction_read_only")
                try await database.execute("SELECT pg_reload_conf()")
                _ = try await again { try await store.add(5_000..<5_001) }
            }
        }

        @Test func `a lock of another transaction ends a call in time`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await store.add(0..<2)
                let other = try database.store(in: schema, configuration: .init(connections: 1))
                try await other.execute("BEGIN; SELECT FROM \(schema).job WHERE reference LIKE '%:0' FOR UPDATE")
                let limited = try database.store(in: schema, testing: .init(limit: .milliseconds(200)))
                let start = ContinuousClock.now
                let error = await #expect(throws: JobStoreError.self) {
                    try await limited.cancel(JobReference("example.video:0"), tenant: nil)
                }
                #expect(error?.isRetryable == true)
                #expect(start.duration(to: .now) < .seconds(2))
                // A lease leaves the locked job out.
                let worker = try await store.register("w", timeToLive: .seconds(60))
                #expect(try await store.lease(10, by: worker).count == 1)
                try await other.execute("ROLLBACK")
                #expect(try await store.lease(10, by: worker).count == 1)
            }
        }

        @Test func `a statement that takes too long is undone`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await store.add(0..<1)
                try await database.execute(
                    """
                    CREATE FUNCTION \(schema).slow() RETURNS trigger LANGUAGE plpgsql
                        AS $$ BEGIN PERFORM pg_sleep(5); RETURN NEW; END $$;
                    CREATE TRIGGER slow BEFORE INSERT ON \(schema).delivery EXECUTE FUNCTION \(schema).slow()
                    """
                )
                let limited = try database.store(in: schema, testing: .init(limit: .milliseconds(300)))
                let error = await #expect(throws: JobStoreError.self) {
                    try await limited.cancel(JobReference("example.video:0"), tenant: nil)
                }
                #expect(error?.message.contains("too long") == true)
                #expect(try await store.jobs(JobPage(.waiting)).count == 1)
            }
        }

        @Test(.enabled(if: Self.smallDisk != nil)) func `a full disk loses nothing`() async throws {
            let database = try TestDatabase()
            let folder = try #require(Self.smallDisk)
            try await database.withStore { store, schema in
                try await store.add(0..<10)
                try await database.execute("CREATE TABLESPACE small LOCATION '\(folder)'")
                try await database.execute(
                    "ALTER TABLE \(schema).job SET TABLESPACE small; ALTER INDEX \(schema).job_key SET TABLESPACE small"
                )
                var number = 10
                var failure: JobStoreError?
                while failure == nil, number < 200_000 {
                    do {
                        let note = JSONValue.string(String(repeating: "x", count: 1_500))
                        let jobs = try (number..<number + 1_000).map {
                            try DurableJob("example.video:\($0)", note: note)
                        }
                        try await store.add(jobs)
                        number += 1_000
                    } catch let error as JobStoreError {
                        failure = error
                    }
                }
                #expect(failure?.code == .full)
                let count = try await database.execute("SELECT count(*) FROM \(schema).job")
                #expect(count == [[.integer(Int64(number))]])
                // Ends can still be recorded, since they remove rows.
                let worker = try await store.register("w", timeToLive: .seconds(60))
                _ = try? await store.lease(10, by: worker)
                try await database.execute("ALTER TABLE \(schema).job SET TABLESPACE pg_default")
                try await database.execute("ALTER INDEX \(schema).job_key SET TABLESPACE pg_default")
                #expect(try await store.endAll(by: worker) + 0 >= number - 10)
            }
            try await database.execute("DROP TABLESPACE small")
        }
    }
}
