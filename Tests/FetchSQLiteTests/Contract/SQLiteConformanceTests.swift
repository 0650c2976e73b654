import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Testing

@Suite("The store in SQLite", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct SQLiteConformanceTests {
    /// The number of random runs: 10, or what the environment says.
    static let runs = ProcessInfo.processInfo.environment["FETCHKIT_RANDOM_RUNS"].flatMap { UInt64($0) } ?? 10

    private let databases = TestDatabases()

    private var conformance: JobStoreConformance {
        JobStoreConformance { [databases] date in try databases.store(date) }
    }

    @Test func `the store conforms to the contract`() async throws { try await conformance.check() }

    @Test(arguments: 1...runs)
    func `invariants hold in a random run`(seed: UInt64) async throws {
        try await conformance.checkRandomRun(seed: seed, steps: 150)
        let store = try #require(databases.lastStore)
        #expect(try await store.problems() == [])
    }

    @Test func `a failure before or after any call changes no outcome`() async throws {
        let calls = try await conformance.checkInterruptions()
        #expect(calls > 20)
    }
}
