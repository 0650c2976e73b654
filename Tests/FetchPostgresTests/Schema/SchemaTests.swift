import FetchCore
import FetchJobs
import FetchPostgres
import Foundation
import Testing

extension PostgresTests {
    @Suite("The tables of a store") struct SchemaTests {
        @Test(arguments: TestDatabase.routes)
        func `many processes can create the tables at once`(route: TestDatabase.Route) async throws {
            let database = try TestDatabase(route)
            try await database.withStore { store, schema in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<8 {
                        group.addTask {
                            let other = try database.store(in: schema, configuration: .init(connections: 1))
                            try await other.add(number..<number + 1)
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await store.jobs(JobPage(.waiting)).count == 8)
                let status = try await store.schemaStatus()
                #expect(status == SchemaStatus(version: 2))
                #expect(status.isCurrent)
                #expect(try await store.migrationPlan().isEmpty)
            }
        }

        @Test func `the plan creates the same tables by hand`() async throws {
            let database = try TestDatabase()
            let configuration = PostgresJobStore.Configuration(connections: 1, appliesSchemaChanges: false)
            try await database.withStore(configuration: configuration) { store, schema in
                let error = await #expect(throws: JobStoreError.self) { try await store.add(0..<1) }
                #expect(error?.code == .unusable)
                #expect(try await store.schemaStatus().pending.map(\.number) == [1, 2])
                try await database.execute(try await store.migrationPlan())
                #expect(try await store.schemaStatus().isCurrent)
                try await store.add(0..<1)
            }
        }

        @Test func `differences are found`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await store.migrate()
                try await database.execute(
                    """
                    ALTER TABLE \(schema).job DROP COLUMN deaths CASCADE; ALTER TABLE \(schema).hint ALTER job TYPE integer;
                    DROP INDEX \(schema).job_overdue; DROP VIEW \(schema).workers; DROP FUNCTION \(schema).drop_days;
                    UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\(schema).delivery_due'::regclass
                    """
                )
                let problems = try await store.schemaStatus().problems
                for part in [
                    "job.deaths is missing", "hint.job has the type integer", "job_overdue is missing",
                    "workers is missing", "drop_days is missing", "delivery_due is invalid", "job_due is missing",
                ] {
                    #expect(problems.contains { $0.contains(part) }, "\(part) isn't in \(problems)")
                }
            }
        }

        /// A library that knows version 1 and one that knows version 2 share the tables, before and after the change.
        @Test func `two versions work at once`() async throws {
            let database = try TestDatabase()
            var earlier = PostgresJobStore.Testing()
            earlier.libraryVersion = 1
            try await database.withStore(testing: earlier) { old, schema in
                try await old.add(0..<2)
                let manual = PostgresJobStore.Configuration(appliesSchemaChanges: false)
                let new = try database.store(in: schema, configuration: manual)
                #expect(try await new.schemaStatus().version == 1)
                let worker = try await new.register("new", timeToLive: .seconds(60))
                #expect(try await new.lease(1, by: worker).count == 1)
                try await new.migrate()
                #expect(try await new.schemaStatus().version == 2)
                let other = try await database.store(in: schema, testing: earlier).register(
                    "old",
                    timeToLive: .seconds(60)
                )
                #expect(try await old.endAll(by: other) == 1)
                #expect(try await new.endAll(by: worker) == 0)
                #expect(try await new.leases(of: worker, after: nil, limit: 9).count == 1)
            }
        }

        @Test func `the tables are looked at by the first connection of a store, and by no renewal`() async throws {
            let database = try TestDatabase()
            try await database.withStore { owner, schema in
                try await owner.migrate()
                let messages = StatementInterruption { _ in nil }
                let store = try database.store(
                    in: schema,
                    configuration: .init(connections: 1),
                    testing: .init(interruption: messages)
                )
                let worker = try await store.register("w", timeToLive: .seconds(60))
                #expect(messages.count == 3)
                _ = try await store.renew(FleetWorker(id: worker), timeToLive: .seconds(60))
                #expect(messages.count == 5)
                try await database.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'FetchKit' "
                        + "AND pid <> pg_backend_pid()"
                )
                try await store.leave(worker)
                #expect(messages.count == 6)
            }
        }

        @Test func `tables of a later version are refused`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await store.add(0..<1)
                try await database.execute("INSERT INTO \(schema).schema_version VALUES (3, 3)")
                let error = await #expect(throws: JobStoreError.self) {
                    try await database.store(in: schema).overview()
                }
                #expect(error?.code == .unusable)
                #expect(error?.message.contains("version 3") == true)
                let new = try database.store(in: schema)
                #expect(try await new.schemaStatus().problems.count == 1)
                await #expect(throws: JobStoreError.self) { try await new.migrate() }
            }
        }

        /// A role that owns nothing, with the rights that the plan states.
        @Test func `a role with rights on data alone can use the store`() async throws {
            let database = try TestDatabase()
            let configuration = PostgresJobStore.Configuration(connections: 1, appliesSchemaChanges: false)
            try await database.withStore(configuration: configuration) { owner, schema in
                try await database.execute("CREATE ROLE \(schema) LOGIN PASSWORD 'short'")
                let plan = try await owner.migrationPlan()
                try await database.execute(plan)
                var components = try #require(URLComponents(string: database.url))
                components.user = schema
                components.password = "short"
                let url = try #require(components.string)
                let drop = "SELECT \(schema).drop_days(now())"
                func store() throws -> PostgresJobStore { try PostgresJobStore(url, schema: schema) }
                await #expect(throws: JobStoreError.self) { try await store().execute(drop) }
                let rights = plan.split(separator: "\n").filter { $0.hasSuffix(" app;") }
                #expect(rights.count == 5)
                for right in rights {
                    try await database.execute(String(right.dropFirst(3)).replacing(" app;", with: " \(schema);"))
                }
                let limited = try store()
                try await limited.add(0..<3)
                let worker = try await limited.register("w", timeToLive: .seconds(60))
                _ = try await limited.renew(FleetWorker(id: worker), timeToLive: .seconds(60))
                #expect(try await limited.lease(2, by: worker).count == 2)
                // The day of the outcome doesn't exist yet.
                _ = try await limited.cancel(JobReference("example.video:2"), tenant: nil)
                #expect(try await limited.endAll(by: worker) == 0)
                try await database.execute("SELECT \(schema).prepare_days(now() - interval '60 days', 2)")
                try await limited.clearUp(limit: 10)
                let days = "SELECT count(*) FROM pg_inherits WHERE inhparent = '\(schema).outcome'::regclass"
                #expect(try await database.execute(days) == [[3]])
                let outcomes = try await limited.takeDeliveries(limit: 9, for: .seconds(60))
                try await limited.acknowledge(outcomes.map(\.id))
                #expect(outcomes.count == 1)
                #expect(try await limited.schemaStatus().isCurrent)
                try await limited.deregister(worker)
                await #expect(throws: JobStoreError.self) { try await limited.execute("DROP TABLE \(schema).hint") }
                try await database.execute("DROP OWNED BY \(schema)")
                try await database.execute("DROP ROLE \(schema)")
            }
        }

        @Test func `a user without rights has a clear error`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await store.add(0..<1)
                try await database.execute("CREATE ROLE \(schema) LOGIN PASSWORD 'short'")
                var components = try #require(URLComponents(string: database.url))
                components.user = schema
                components.password = "short"
                let limited = try PostgresJobStore(try #require(components.string), schema: schema)
                let error = await #expect(throws: JobStoreError.self) { try await limited.add(1..<2) }
                #expect(error?.code == .unusable)
                #expect(error?.message.contains("right") == true)
                try await database.execute("DROP ROLE \(schema)")
            }
        }

        @Test func `views show what is there`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await store.add(0..<5)
                let worker = try await store.register("name", timeToLive: .seconds(60))
                let ids = try await store.lease(2, by: worker)
                try await store.giveBack([ReturnedJob(ids[0], parkedReason: "reason")], by: worker)
                let report = FleetWorker(id: worker, jobs: [ProviderAccount("example"): 1, ProviderAccount("b"): 2])
                _ = try await store.renew(report, timeToLive: .seconds(60))
                let waiting = try await database.execute(
                    "SELECT endpoint, account, jobs_estimate, without_worker_estimate, parked_estimate "
                        + "FROM \(schema).waiting_by_account"
                )
                #expect(waiting == [["example.video", nil, 5, 4, 1]])
                let workers = try await database.execute("SELECT name, state, jobs::bigint FROM \(schema).workers")
                #expect(workers == [["name", "running", 3]])
                let stuck = try await database.execute("SELECT id, reason FROM \(schema).stuck")
                #expect(stuck == [[.integer(ids[0].rawValue), "reason"]])
            }
        }
    }
}
