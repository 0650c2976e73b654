import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Synchronization
import Testing

private struct ApplicationError: Error {
    let secret = "sk-secret"
}

@Suite("The application's part of a transaction", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct RecordingTransactionTests {
    /// Creates the application's table.
    private static func prepare(_ store: SQLiteJobStore) async throws {
        try await store.execute("CREATE TABLE film (job TEXT PRIMARY KEY, state TEXT)")
        for number in 1...4 {
            try await store.execute("INSERT INTO film VALUES ($1, 'waiting')", [.text("example.video:\(number)")])
        }
    }

    private static let recorder: OutcomeRecorder = { outcomes, transaction in
        for outcome in outcomes {
            let id = SQLValue.text(outcome.job.job.description)
            try transaction.execute(
                "UPDATE film SET state = $2 WHERE job = $1",
                [id, .text(outcome.end.kind.rawValue)]
            )
        }
    }

    @Test func `each outcome is handled once, in the transaction that records it`() async throws {
        let database = try TestDatabase()
        let clock = TrialClock()
        let store = try database.store(clock: clock, recorder: Self.recorder)
        try await Self.prepare(store)
        var ids = try await store.add(1...3)
        var overdue = try DurableJob("example.video:4")
        overdue.deadline = .afterAdding(.seconds(1))
        ids += try await store.add([overdue]).map(\.id)
        let worker = try await store.register()
        try await store.lease(2, by: worker)
        try await store.record(Array(ids.prefix(2)), by: worker)
        try await store.record(Array(ids.prefix(2)), by: worker)
        _ = try await store.cancel(JobReference("example.video:3"))
        clock.advance(by: .seconds(3_700))
        try await store.clearUp(limit: 10)
        let states = try await store.execute("SELECT state FROM film ORDER BY job")
        #expect(states == [["succeeded"], ["succeeded"], ["cancelled"], ["deadline"]])
    }

    @Test func `a closure that throws undoes the transaction, and the ends are recorded later`() async throws {
        let database = try TestDatabase()
        let fails = Mutex(true)
        let store = try database.store(recorder: { outcomes, transaction in
            try Self.recorder(outcomes, transaction)
            if fails.withLock(\.self) { throw ApplicationError() }
        })
        try await Self.prepare(store)
        let ids = try await store.add(1...2)
        let worker = try await store.register()
        try await store.lease(by: worker)
        let error = await #expect(throws: JobStoreError.self) { try await store.record(ids, by: worker) }
        #expect(error?.isRetryable == true)
        #expect(error?.message.contains("ApplicationError") == true && error?.message.contains("secret") == false)
        #expect(try await store.execute("SELECT state FROM film WHERE state <> 'waiting'") == [])
        #expect(try await store.leases(of: worker, after: nil, limit: 10).map(\.id) == ids)
        fails.withLock { $0 = false }
        #expect(try await store.record(ids, by: worker) == Set(ids))
        #expect(try await store.number("SELECT count(*) FROM film WHERE state = 'succeeded'") == 2)
        #expect(try await store.problems() == [])
    }

    @Test(arguments: ["COMMIT", " /* a */ -- b\n rollback", "SAVEPOINT a", ";END", "BEGIN"])
    func `a statement can't end the transaction`(statement: String) async throws {
        let database = try TestDatabase()
        let store = try database.store(recorder: { _, transaction in try transaction.execute(statement, []) })
        try await store.add(1...1)
        let error = await #expect(throws: JobStoreError.self) {
            try await store.cancel(JobReference("example.video:1"))
        }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("isn't allowed") == true)
        #expect(try await store.overview().waitingJobs == 1)
        #expect(try await store.problems() == [])
    }

    @Test func `the closure may create its tables`() async throws {
        let database = try TestDatabase()
        let recorder: OutcomeRecorder = { outcomes, transaction in
            try transaction.execute("CREATE TABLE IF NOT EXISTS film (number INTEGER PRIMARY KEY, link TEXT)", [])
            for outcome in outcomes {
                let link = outcome.end.artifacts.first?.url?.absoluteString
                let values = [SQLValue(outcome.note?["row"]?.integer), SQLValue(link)]
                try transaction.execute("INSERT INTO film VALUES ($1, $2)", values)
            }
        }
        let (store, other) = (try database.store(recorder: recorder), try database.store(recorder: recorder))
        let jobs = try (1...2).map { row in try DurableJob("example.video:\(row)", note: ["row": .integer(Int64(row))])
        }
        try await store.add(jobs)
        _ = try await store.cancel(JobReference("example.video:1"))
        _ = try await other.cancel(JobReference("example.video:2"))
        #expect(try await store.execute("SELECT number, link FROM film ORDER BY number") == [[1, nil], [2, nil]])
        #expect(try SQLiteJobStore.schemaStatus(path: database.path).problems == [])
    }

    @Test func `values have their types, and errors say what is wrong`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        let values: [SQLValue] = [nil, .integer(.min), 1.5, "é\u{0}", .blob([]), .blob([0, 255])]
        #expect(try await store.execute("SELECT $1, $2, $3, $4, $5, $6", values) == [values])
        #expect(try await store.execute("SELECT $2, $1", [1, 2]) == [[2, 1]])
        let cases: [(String, [SQLValue], String)] = [
            ("SELECT $1", [], "other parameters than"), ("SELECT $1", [1, 2], "other parameters than"),
            ("SELECT ?1", [1], "other parameters than"), ("SELECT 1; SELECT 2", [], "more than one statement"),
            ("SELECT missing", [], "no such column: missing"), (" ", [], "empty"),
        ]
        for (statement, values, message) in cases {
            let error = await #expect(throws: JobStoreError.self) { try await store.execute(statement, values) }
            #expect(error?.message.contains(message) == true, "\(String(describing: error))")
        }
    }
}
