import FetchCore
import FetchJobs
import FetchPostgres
import FetchTesting
import Foundation
import Testing

extension PostgresTests {
    @Suite("The contract of a store") struct ConformanceTests {
        /// Runs a check with stores in new schemas, which are removed afterwards.
        private func withConformance(
            _ route: TestDatabase.Route,
            _ check: (JobStoreConformance) async throws -> Void
        ) async throws {
            let database = try TestDatabase(route)
            let prefix = String(TestDatabase.newSchema().prefix(20))
            let conformance = JobStoreConformance { date in
                let schema = prefix + String(UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(20))
                let configuration = PostgresJobStore.Configuration(connections: 1)
                return try PostgresJobStore(
                    database.url,
                    schema: schema,
                    configuration: configuration,
                    testing: .init(date: date)
                )
            }
            let result = await Swift.Result.catching { try await check(conformance) }
            let names = try await database.execute(
                "SELECT nspname FROM pg_namespace WHERE nspname LIKE '\(prefix)%'"
            )
            for case .text(let name) in names.map({ $0[0] }) {
                try await database.execute("DROP SCHEMA \(name) CASCADE")
            }
            try result.get()
        }

        @Test(arguments: TestDatabase.routes)
        func `the store conforms to the contract`(route: TestDatabase.Route) async throws {
            try await withConformance(route) { try await $0.check() }
        }

        @Test(arguments: TestDatabase.routes)
        func `each call can be lost and repeated`(route: TestDatabase.Route) async throws {
            try await withConformance(route) { conformance in
                let calls = try await conformance.checkInterruptions()
                #expect(calls > 20)
            }
        }

        @Test(arguments: TestDatabase.routes)
        func `invariants hold in random runs`(route: TestDatabase.Route) async throws {
            let runs = route == .direct ? TestDatabase.randomRuns : TestDatabase.randomRuns / 5
            for seed in 1...UInt64(max(runs, 1)) {
                try await withConformance(route) { try await $0.checkRandomRun(seed: seed, steps: 100) }
            }
        }
    }
}

extension Result where Failure == any Error {
    static func catching(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
