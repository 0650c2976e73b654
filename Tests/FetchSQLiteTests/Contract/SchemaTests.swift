import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Testing

@Suite("The tables of the store", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct SchemaTests {
    /// A change as a later version may have one.
    private static func later(_ number: Int) -> SchemaChange {
        SchemaChange(number, "a later change", ["ALTER TABLE fetchkit_job ADD COLUMN later_\(number) TEXT"])
    }

    private static func environment(_ changes: [SchemaChange]) -> SQLiteEnvironment {
        var environment = SQLiteEnvironment()
        environment.changes = changes
        return environment
    }

    @Test func `the changes are numbered without gaps, and can be listed and planned`() throws {
        let changes = SQLiteJobStore.schemaChanges
        #expect(changes.map(\.number) == Array(1...changes.count))
        let database = try TestDatabase()
        let before = try SQLiteJobStore.schemaStatus(path: database.path)
        #expect(before.version == 0 && before.pending == changes && !before.isCurrent)
        #expect(!FileManager.default.fileExists(atPath: database.path))
        #expect(try SQLiteJobStore.migrate(path: database.path).isCurrent)
        #expect(try SQLiteJobStore.schemaStatus(path: database.path) == SchemaStatus(version: changes.count))
    }

    @Test func `tables that were changed or removed are found`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        try await store.execute("DROP INDEX fetchkit_job_deadline")
        try await store.execute("DROP VIEW fetchkit_stuck")
        try await store.execute("ALTER TABLE fetchkit_pause ADD COLUMN mine TEXT")
        try await store.execute("CREATE TABLE mine (number INTEGER)")
        let problems = try SQLiteJobStore.schemaStatus(path: database.path).problems
        let expected = [
            "fetchkit_job_deadline is missing.", "fetchkit_pause was changed.", "fetchkit_stuck is missing.",
        ]
        #expect(problems == expected)
    }

    @Test func `two versions work with one file at once, and a version that is two behind says so`() async throws {
        let database = try TestDatabase()
        let changes = SQLiteJobStore.schemaChanges
        let old = try database.store()
        let ids = try await old.add(1...2)
        let new = try database.store { $0.changes = changes + [Self.later(changes.count + 1)] }
        // The old one was open during the change, and another old one is created after it.
        let other = try database.store()
        let worker = try await other.register()
        #expect(try await old.lease(1, by: worker) == [ids[0]])
        #expect(try await new.lease(by: worker) == [ids[1]])
        try await new.add(3...3)
        try await old.record([ids[0]], by: worker)
        try await new.record([ids[1]], by: worker)
        #expect(try await other.lease(by: worker).count == 1)
        #expect(try await old.problems() == [])
        let newest = changes + [Self.later(changes.count + 1), Self.later(changes.count + 2)]
        _ = try database.store { $0.changes = newest }
        let error = #expect(throws: JobStoreError.self) { try database.store() }
        #expect(error?.code == .unusable && error?.remedy == "Update this program.")
        let status = try SQLiteJobStore.schemaStatus(path: database.path)
        #expect(status.version == changes.count + 2)
        #expect(status.problems == ["They need a later version of this program, which knows \(changes.count)."])
        #expect(try SQLiteJobStore.schemaStatus(path: database.path, Self.environment(newest)).isCurrent)
        #expect(try await new.takeDeliveries(limit: 9, for: .seconds(60)).count == 2)
    }

    @Test func `a store that must not change tables works with those of the version before`() async throws {
        let database = try TestDatabase()
        let changes = SQLiteJobStore.schemaChanges
        var configuration = SQLiteJobStore.Configuration()
        configuration.appliesSchemaChanges = false
        let error = #expect(throws: JobStoreError.self) { try database.store(configuration) }
        #expect(error?.code == .unusable)
        #expect(error?.remedy?.contains("migrate(path:)") == true)
        _ = try database.store()
        let newer = try database.store(configuration) { $0.changes = changes + [Self.later(changes.count + 1)] }
        try await newer.add(1...1)
        #expect(try SQLiteJobStore.schemaStatus(path: database.path).version == changes.count)
    }

    @Test func `a change that fails leaves the version before`() throws {
        let database = try TestDatabase()
        let changes = SQLiteJobStore.schemaChanges
        let broken = SchemaChange(
            changes.count + 1,
            "a change that fails",
            ["CREATE TABLE fetchkit_new (number INTEGER)", "CREATE TABLE fetchkit_job (number INTEGER)"]
        )
        #expect(throws: JobStoreError.self) { try database.store { $0.changes = changes + [broken] } }
        #expect(try SQLiteJobStore.schemaStatus(path: database.path) == SchemaStatus(version: changes.count))
        #expect(throws: Never.self) { try database.store() }
    }

    @Test func `stores that are created at once make the tables once`() async throws {
        let database = try TestDatabase()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                group.addTask { try await database.store().add(number...number) }
            }
            try await group.waitForAll()
        }
        #expect(try await database.store().overview().waitingJobs == 8)
        #expect(try SQLiteJobStore.schemaStatus(path: database.path).isCurrent)
    }

    @Test func `a store lives in the database of an application`() async throws {
        let database = try TestDatabase()
        // The tables of an application, in a database with UTF-16, that had no log before.
        let store = try database.store { $0.statements = ["PRAGMA encoding = 'UTF-16'"] }
        try await store.execute("CREATE TABLE job (name TEXT)")
        let job = try DurableJob("example.video:1", tenant: "é“", note: ["text": "日本"])
        try await store.add([job])
        let again = try database.store()
        #expect(try await again.jobs(JobPage(.waiting)).map(\.job) == [job])
        #expect(try await again.execute("PRAGMA encoding") == [["UTF-16le"]])
    }
}
