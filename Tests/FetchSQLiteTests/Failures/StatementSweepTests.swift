import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Synchronization
import Testing

/// Has one statement of a store fail, before or after it had its effect.
private final class StatementFailure: Sendable {
    private struct State {
        var statements = 0
        var failed: String?
        var isArmed = false
    }

    private let number: Int
    private let isAfter: Bool
    private let state = Mutex(State())

    init(statement number: Int, isAfter: Bool) {
        self.number = number
        self.isAfter = isAfter
    }

    /// The statement that has failed.
    var failed: String? { state.withLock(\.failed) }

    /// Begins to count statements.
    func arm() { state.withLock { $0.isArmed = true } }

    func receive(_ event: StatementEvent) throws {
        let fails = state.withLock { state in
            guard state.isArmed, state.failed == nil else { return false }
            if !event.isAfter { state.statements += 1 }
            guard state.statements == number, event.isAfter == isAfter else { return false }
            state.failed = event.statement
            return true
        }
        if fails { throw JobStoreError(.unavailable, "the connection was lost") }
    }
}

@Suite("Failing statements", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct StatementSweepTests {
    /// The distance between two statements that fail: 7, or what the environment says. With 1, each of them fails.
    private static let stride =
        ProcessInfo.processInfo.environment["FETCHKIT_STATEMENT_STRIDE"].flatMap { Int($0) } ?? 7

    @Test(arguments: [false, true])
    func `a store whose nth statement fails loses nothing and doubles nothing`(isAfter: Bool) async throws {
        var number = 1
        var failed: Set<String> = []
        while true {
            let failure = StatementFailure(statement: number, isAfter: isAfter)
            let databases = TestDatabases()
            let conformance = JobStoreConformance { date in
                let store = try databases.store(date) { try failure.receive($0) }
                failure.arm()
                return store
            }
            try await conformance.checkInterruptedRun()
            guard let statement = failure.failed else { break }
            let store = try #require(databases.lastStore)
            #expect(try await store.problems() == [], "statement \(number): \(statement)")
            failed.insert(String(statement.prefix(12)))
            number += Self.stride
        }
        #expect(number > 200, "The run has \(number) statements.")
        let kinds: Set = ["BEGIN IMMEDI", "INSERT INTO ", "DELETE FROM ", "UPDATE fetch"]
        if Self.stride == 1 { #expect(failed.isSuperset(of: kinds.union(["COMMIT"]))) }
    }

    @Test(arguments: ["BEGIN IMMEDIATE", "COMMIT"], [false, true])
    func `a store whose transaction fails at its end has it whole or not at all`(
        statement: String,
        isAfter: Bool
    ) async throws {
        let database = try TestDatabase()
        let fails = Mutex(false)
        let store = try database.store {
            $0.hook = { event in
                guard event.statement == statement, event.isAfter == isAfter, fails.withLock(\.self) else { return }
                throw JobStoreError(.unavailable, "the connection was lost")
            }
        }
        let worker = try await store.register()
        try await store.add(1...3)
        let ids = try await store.lease(by: worker)
        fails.withLock { $0 = true }
        await #expect(throws: JobStoreError.self) { try await store.record(ids, by: worker) }
        fails.withLock { $0 = false }
        let isRecorded = statement == "COMMIT" && isAfter
        #expect(try await store.overview().waitingJobs == (isRecorded ? 0 : 3))
        #expect(try await store.record(ids, by: worker) == Set(ids))
        #expect(try await store.overview().undeliveredOutcomes == 3)
        #expect(try await store.problems() == [])
    }
}
