import FetchCore
import FetchJobs
import FetchPostgres
import Foundation
import Testing

/// The server that `.ci/postgres` has started, and the stores of a test in schemas of their own.
struct TestDatabase {
    /// The ways to the server.
    enum Route: String, Sendable, CaseIterable {
        case direct = "FETCHKIT_POSTGRES_URL"
        case pgBouncer = "FETCHKIT_PGBOUNCER_URL"

        var url: String? { ProcessInfo.processInfo.environment[rawValue] }
    }

    static let isAvailable = Route.direct.url != nil

    static let reasonOfAbsence: Comment =
        "There is no PostgreSQL: FETCHKIT_POSTGRES_URL isn't set. Run the tests with .ci/postgres."

    /// The routes whose URLs are set.
    static var routes: [Route] { Route.allCases.filter { $0.url != nil } }

    /// The number of random runs.
    static var randomRuns: Int {
        ProcessInfo.processInfo.environment["FETCHKIT_RANDOM_RUNS"].flatMap { Int($0) } ?? 10
    }

    let url: String

    init(_ route: Route = .direct) throws { url = try #require(route.url) }

    /// Returns a name that no other schema has.
    static func newSchema() -> String { "t\(UUID().uuidString.lowercased().filter { $0 != "-" })" }

    /// The URL with the port of a proxy.
    func url(port: UInt16) throws -> String {
        var components = try #require(URLComponents(string: url))
        components.port = Int(port)
        return try #require(components.string)
    }

    /// The port of the server.
    var port: UInt16 {
        get throws { UInt16(try #require(URLComponents(string: url)?.port)) }
    }

    /// Creates a store in a new schema, calls a function with it, and removes the schema.
    func withStore<Result>(
        configuration: PostgresJobStore.Configuration = .init(),
        testing: PostgresJobStore.Testing = .init(),
        recorder: OutcomeRecorder? = nil,
        _ body: (PostgresJobStore, _ schema: String) async throws -> Result
    ) async throws -> Result {
        let schema = Self.newSchema()
        let store = try PostgresJobStore(
            url,
            schema: schema,
            configuration: configuration,
            testing: testing,
            recorder: recorder
        )
        do {
            let result = try await body(store, schema)
            try await remove(schema)
            return result
        } catch {
            try? await remove(schema)
            throw error
        }
    }

    /// Creates a further store in a schema.
    func store(
        in schema: String,
        configuration: PostgresJobStore.Configuration = .init(),
        testing: PostgresJobStore.Testing = .init(),
        recorder: OutcomeRecorder? = nil
    ) throws -> PostgresJobStore {
        try PostgresJobStore(url, schema: schema, configuration: configuration, testing: testing, recorder: recorder)
    }

    private func remove(_ schema: String) async throws { try await execute("DROP SCHEMA IF EXISTS \(schema) CASCADE") }

    /// Executes statements as the superuser, beside all stores.
    @discardableResult
    func execute(_ statements: String) async throws -> [[SQLValue]] {
        let url = try #require(Route.direct.url)
        let configuration = PostgresJobStore.Configuration(connections: 1, appliesSchemaChanges: false)
        return try await PostgresJobStore(url, schema: "unused", configuration: configuration, testing: .ungated)
            .execute(statements)
    }
}

extension PostgresJobStore.Testing {
    /// Connections that may be used whatever tables there are.
    static var ungated: Self {
        var testing = Self()
        testing.checksSchema = false
        return testing
    }
}

extension PostgresJobStore {
    /// Adds jobs of the endpoint `example.video` with the numbers of a range.
    @discardableResult
    func add(_ numbers: Range<Int>, tenant: String? = nil) async throws -> [StoredJobID] {
        try await add(numbers.map { try DurableJob("example.video:\($0)", tenant: tenant) }).map(\.id)
    }

    /// Leases jobs of the endpoint `example.video`.
    @discardableResult
    func lease(_ limit: Int, by worker: WorkerID) async throws -> [StoredJobID] {
        try await lease(LeaseRequest("example", endpoints: ["example.video"], limit: limit), by: worker).map(\.id)
    }

    /// Leases all jobs, records their ends, and returns the number.
    func endAll(by worker: WorkerID) async throws -> Int {
        var count = 0
        while true {
            let jobs = try await lease(1_000, by: worker)
            guard !jobs.isEmpty else { return count }
            count += try await record(jobs.map { EndedJob($0, JobEnd(.succeeded)) }, by: worker).count
        }
    }
}

/// All tests with the server, one after the other: some of them stop it.
@Suite(.serialized, .enabled(if: TestDatabase.isAvailable, TestDatabase.reasonOfAbsence)) struct PostgresTests {}
