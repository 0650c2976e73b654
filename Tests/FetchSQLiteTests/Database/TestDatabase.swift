import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Synchronization
import Testing

/// The path of a database in a folder of its own, which is removed with this object.
final class TestDatabase: Sendable {
    /// True if the library can be loaded. If it can't, all suites of stores are left out.
    static let isSupported = (try? SQLiteLibrary.system.get()) != nil

    /// A note for suites that are left out.
    static let note: Comment = "libsqlite3.so.0 isn't installed, or is older than 3.31."

    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "fetchkit-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appending(path: "jobs.sqlite").path }

    /// Opens the database. Its commits don't wait for the disk, which no test looks at.
    func store(
        _ configuration: SQLiteJobStore.Configuration = .init(),
        clock: TrialClock = TrialClock(),
        changing change: (inout SQLiteEnvironment) -> Void = { _ in },
        recorder: OutcomeRecorder? = nil
    ) throws -> SQLiteJobStore {
        var environment = SQLiteEnvironment()
        environment.isDurable = false
        change(&environment)
        return try SQLiteJobStore(
            path: path,
            configuration,
            environment,
            date: { clock.date },
            recorder: recorder
        )
    }
}

/// Databases for suites that create several stores. They are removed with this object.
final class TestDatabases: Sendable {
    private let databases = Mutex<[TestDatabase]>([])
    private let last = Mutex<SQLiteJobStore?>(nil)

    /// The store that was created last.
    var lastStore: SQLiteJobStore? { last.withLock(\.self) }

    /// Creates a store with a database of its own.
    func store(_ date: @escaping @Sendable () -> Date, hook: StatementHook? = nil) throws -> SQLiteJobStore {
        let database = try TestDatabase()
        var environment = SQLiteEnvironment()
        environment.isDurable = false
        environment.hook = hook
        let store = try SQLiteJobStore(path: database.path, .init(), environment, date: date)
        databases.withLock { $0.append(database) }
        last.withLock { $0 = store }
        return store
    }
}

extension JobStore {
    /// Adds jobs of the endpoint `example.video`.
    @discardableResult
    func add(_ numbers: ClosedRange<Int>, tenant: String? = nil, account: AccountID? = nil) async throws
        -> [StoredJobID]
    {
        let jobs = try numbers.map { try DurableJob("example.video:\($0)", tenant: tenant, account: account) }
        return try await add(jobs).map(\.id)
    }

    func register() async throws -> WorkerID { try await register("test", timeToLive: .seconds(60)) }

    @discardableResult
    func lease(_ limit: Int = 100, by worker: WorkerID) async throws -> [StoredJobID] {
        try await lease(LeaseRequest("example", endpoints: ["example.video"], limit: limit), by: worker).map(\.id)
    }

    @discardableResult
    func record(_ ids: [StoredJobID], by worker: WorkerID) async throws -> Set<StoredJobID> {
        try await record(ids.map { EndedJob($0, JobEnd(.succeeded)) }, by: worker)
    }
}

extension SQLiteJobStore {
    /// Returns the first number that a statement returns.
    func number(_ statement: String) async throws -> Int64? {
        if case .integer(let number)? = try await execute(statement).first?.first { number } else { nil }
    }

    /// Returns differences between the tables, of which each is a defect of the store.
    func problems() async throws -> [String] {
        var problems: [String] = []
        let numbers = [
            "SELECT count(*) - (SELECT waiting FROM fetchkit_state) FROM fetchkit_job",
            "SELECT count(*) - (SELECT undelivered FROM fetchkit_state) FROM fetchkit_delivery",
            "SELECT count(*) FROM fetchkit_job JOIN fetchkit_outcome USING (tenant, reference)",
            "SELECT count(*) FROM fetchkit_job JOIN fetchkit_outcome USING (id)",
            "SELECT count(*) FROM fetchkit_delivery WHERE outcome NOT IN (SELECT id FROM fetchkit_outcome)",
            """
            SELECT count(*) FROM fetchkit_outcome WHERE id NOT IN (SELECT outcome FROM fetchkit_delivery)
            AND id NOT IN (SELECT outcome FROM fetchkit_acknowledgement)
            """,
            """
            SELECT count(*) FROM fetchkit_job
            WHERE worker IS NOT NULL AND worker NOT IN (SELECT id FROM fetchkit_worker)
            """,
        ]
        for statement in numbers {
            let number = try await number(statement)
            if number != 0 { problems.append("\(statement) returns \(String(describing: number))") }
        }
        let integrity = try await execute("PRAGMA integrity_check")
        if integrity != [[.text("ok")]] { problems.append("\(integrity)") }
        return problems
    }
}
