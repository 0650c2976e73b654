import FetchCore
public import FetchJobs
import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A store in a file, for all processes of one machine.
///
/// ```swift
/// let store = try SQLiteJobStore(path: "jobs.sqlite")
/// ```
///
/// With a closure, statements of the application's own are part of the transactions that record outcomes, so that they
/// happen exactly once for each outcome:
///
/// ```swift
/// let store = try SQLiteJobStore(path: "jobs.sqlite") { outcomes, transaction in
///     for outcome in outcomes {
///         let id = SQLValue.text(outcome.job.job.description)
///         try transaction.execute("UPDATE film SET state = 'done' WHERE job = $1", [id])
///     }
/// }
/// ```
///
/// SQLite 3.31 or later is loaded at run time. Any number of stores and processes may use the file, each on the machine
/// that has it: a file on a network file system is refused.
public final class SQLiteJobStore: JobStore {
    /// Settings of a store.
    public struct Configuration: Sendable, Hashable {
        /// The time for which an outcome is kept after it was acknowledged. Defaults to 30 days. One that isn't
        /// acknowledged is kept for ever.
        public var retention: Duration = .seconds(30 * 86_400)

        /// The time for which a call waits while other connections have the lock of the database. Defaults to five
        /// seconds. After that, the call throws `unavailable`.
        public var lockTimeout: Duration = .seconds(5)

        /// True if creating a store applies changes of the tables that are still to be applied. Defaults to true.
        ///
        /// Otherwise ``SQLiteJobStore/migrate(path:)`` does it, and a store works with the tables of this version and of
        /// the one before.
        public var appliesSchemaChanges = true

        /// Creates the default settings.
        public init() {}
    }

    /// All writes but renewals.
    let writer: SQLiteSession
    /// Renewals, so that no long write of this store delays them.
    let renewals: SQLiteSession
    let reader: SQLiteSession
    let configuration: Configuration

    /// The key after which the next lease begins to look for tenants with due jobs.
    let lastLeased = Mutex<DueKey?>(nil)

    /// Opens or creates a database, and applies changes of its tables. It blocks its thread for some milliseconds.
    ///
    /// - Parameters:
    ///   - path: The path of the file, in a folder that exists. Beside it, the library creates two files with the
    ///     endings `-wal` and `-shm`. They are part of the database.
    ///   - configuration: The settings. Defaults to those of ``Configuration/init()``.
    ///   - recorder: The application's part of each transaction that records outcomes. All stores of a file need the
    ///     same one. Defaults to none.
    ///   - date: Returns the date of the store's clock. Only tests replace it.
    /// - Throws: `JobStoreError`: `unusable` if the library is missing or too old, if the file isn't a database, can't
    ///   be written or is on a network file system, or if its tables are of a later version; `unavailable` if another
    ///   process keeps it locked; `full` if there is no space left.
    public convenience init(
        path: String,
        configuration: Configuration = Configuration(),
        recorder: OutcomeRecorder? = nil,
        date: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        try self.init(path: path, configuration, SQLiteEnvironment(), date: date, recorder: recorder)
    }

    /// Opens or creates a database in an environment of a test's own.
    package init(
        path: String,
        _ configuration: Configuration,
        _ environment: SQLiteEnvironment,
        date: @escaping @Sendable () -> Date = { Date() },
        recorder: OutcomeRecorder? = nil
    ) throws {
        self.configuration = configuration
        let database = try SQLiteDatabase(path: path, lockTimeout: configuration.lockTimeout, environment)
        let storedDate: @Sendable () -> StoredDate = { StoredDate(date()) }
        let connection = try database.connect(for: .writing)
        try database.useLog(connection)
        let migration = SchemaMigration(connection: connection, changes: environment.changes ?? SQLiteSchema.changes)
        if configuration.appliesSchemaChanges { try migration.apply(at: storedDate()) }
        try migration.checkUsable()
        func session(
            _ connection: sending SQLiteConnection,
            maximumLogPages: Int,
            _ recorder: OutcomeRecorder? = nil
        ) -> SQLiteSession {
            SQLiteSession(
                connection,
                on: environment.executor,
                maximumLogPages: maximumLogPages,
                date: storedDate,
                recorder: recorder
            )
        }
        // 16 MiB. Renewals write the log back only if nothing else does.
        writer = session(connection, maximumLogPages: 4_096, recorder)
        renewals = session(try database.connect(for: .renewing), maximumLogPages: 16_384)
        reader = session(try database.connect(for: .reading), maximumLogPages: .max)
    }
}
