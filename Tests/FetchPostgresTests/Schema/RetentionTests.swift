import FetchCore
import FetchJobs
import FetchPostgres
import FetchTesting
import Foundation
import Testing

extension PostgresTests {
    @Suite("Days of outcomes") struct RetentionTests {
        @Test func `days that are over are removed, unless an outcome isn't delivered`() async throws {
            let database = try TestDatabase()
            let clock = TrialClock()
            let configuration = PostgresJobStore.Configuration(retention: .seconds(2 * 86_400))
            let schema = TestDatabase.newSchema()
            /// A new process, which looks at the days with its first clearing up.
            func store() throws -> PostgresJobStore {
                try database.store(in: schema, configuration: configuration, testing: .init { clock.date })
            }
            let days =
                "SELECT count(*) FROM pg_class WHERE relname ~ '^outcome_[0-9]+$' "
                + "AND relnamespace = '\(schema)'::regnamespace"
            for day in 0..<2 {
                let store = try store()
                try await store.add(day..<day + 1)
                _ = try await store.cancel(JobReference("example.video:\(day)"), tenant: nil)
                try await store.clearUp(limit: 10)
                clock.advance(by: .seconds(86_400))
            }
            // The days of both outcomes, and two more made ahead.
            #expect(try await database.execute(days) == [[4]])
            let first = try await store().takeDeliveries(limit: 1, for: .seconds(1))
            #expect(first.map(\.job.job.id) == ["0"])
            try await store().acknowledge(first.map(\.id))
            clock.advance(by: .seconds(10 * 86_400))
            try await store().clearUp(limit: 10)
            // Left are the day of the undelivered outcome, and three from today on.
            #expect(try await database.execute(days) == [[4]])
            #expect(try await store().outcome(of: JobReference("example.video:0"), tenant: nil) == nil)
            #expect(try await store().outcome(of: JobReference("example.video:1"), tenant: nil) != nil)
            let second = try await store().takeDeliveries(limit: 9, for: .seconds(1))
            #expect(second.map(\.job.job.id) == ["1"])
            try await store().acknowledge(second.map(\.id))
            try await store().clearUp(limit: 10)
            #expect(try await database.execute(days) == [[3]])
            try await database.execute("DROP SCHEMA \(schema) CASCADE")
        }

        /// Creates the tables, and the days before a date, without outcomes.
        private func makeDays(_ count: Int, of store: PostgresJobStore, in schema: String) async throws {
            try await store.migrate()
            try await store.execute("SELECT \(schema).prepare_days(now() - interval '60 days', \(count - 1))")
        }

        @Test func `workers that drop days at the same time don't disturb each other`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                for _ in 1...3 {
                    try await makeDays(4, of: store, in: schema)
                    let stores = try (0..<8).map { _ in
                        try database.store(in: schema, configuration: .init(connections: 1))
                    }
                    for store in stores { _ = try await store.overview() }
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for store in stores { group.addTask { try await store.clearUp(limit: 10) } }
                        try await group.waitForAll()
                    }
                    let days = "SELECT count(*) FROM pg_inherits WHERE inhparent = '\(schema).outcome'::regclass"
                    #expect(try await database.execute(days) == [[3]])
                }
            }
        }

        @Test func `a call that drops days while another one does returns at once`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await makeDays(2, of: store, in: schema)
                let other = try database.store(in: schema, configuration: .init(connections: 1))
                let drop = "SELECT \(schema).drop_days(now() - interval '30 days')"
                try await other.execute("BEGIN; \(drop)")
                #expect(try await store.execute(drop) == [[0]])
                try await other.execute("COMMIT")
                #expect(try await store.execute(drop) == [[0]])
            }
        }

        @Test func `an error of upkeep doesn't end a worker`() async throws {
            let database = try TestDatabase()
            try await database.withStore { store, schema in
                try await store.migrate()
                try await database.execute("DROP FUNCTION \(schema).drop_days, \(schema).prepare_days")
                #expect(try await store.clearUp(limit: 10) == ClearUpResult())
            }
        }
    }
}
