public import FetchJobs
import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A store in PostgreSQL, version 13 or later, for any number of processes on any number of machines.
///
/// ```swift
/// let store = try PostgresJobStore("postgres://app:secret@db.example.com/app")
/// ```
///
/// It loads the system's `libpq` at run time, and works behind PgBouncer in transaction mode. It opens its connections
/// when they are needed, and again after they were lost.
///
/// Each call ends within a time limit also if the server doesn't respond: 15 seconds for a free connection, 5 seconds
/// for connecting to each host of the URL, and 12 seconds for each statement. A renewal has a connection of its own,
/// and takes at most 3 seconds for connecting to each host and 6 for its statements.
///
/// These don't bind: looking up the name of a host, which the system limits; and the first call of a store, which reads
/// the version of the tables with two more statements, and applies pending changes in at most 10 minutes each. A host
/// whose name has several addresses has 5 seconds for all of them, so that one that drops everything leaves no time for
/// the others. List the addresses as hosts of the URL instead.
public final class PostgresJobStore: JobStore {
    let address: DatabaseAddress
    let schema: SchemaName
    let clock: DatabaseClock
    let configuration: Configuration
    let recorder: OutcomeRecorder?
    let pool: SessionPool
    let renewals: SessionPool
    let upkeep = Mutex(StoreUpkeep())

    /// Creates a store. It connects with the first call of another function.
    ///
    /// - Parameters:
    ///   - url: The URL of the database as libpq reads it, such as `postgres://user:password@host/database`, with
    ///     percent-encoded special characters. No error and no description contains the password.
    ///   - schema: The schema with the store's tables. Several stores in one database have several schemas. Defaults to
    ///     `fetchkit`.
    ///   - configuration: The settings.
    ///   - recorder: The application's part of the transactions that record outcomes. Each store of a schema that records,
    ///     cancels or clears up needs the same one, also those of processes without a worker: jobs that end by a store
    ///     without it are delivered, and it isn't called for them. Defaults to none.
    /// - Throws: `JobStoreError` with the code `unusable` if libpq isn't installed, or the URL or the name of the schema
    ///   is malformed.
    public convenience init(
        _ url: String,
        schema: String = "fetchkit",
        configuration: Configuration = Configuration(),
        recorder: OutcomeRecorder? = nil
    ) throws(JobStoreError) {
        try self.init(url, schema: schema, configuration: configuration, testing: Testing(), recorder: recorder)
    }

    /// Creates a store whose clock, time limits or connections are those of a test.
    package init(
        _ url: String,
        schema: String,
        configuration: Configuration = Configuration(),
        testing: Testing,
        recorder: OutcomeRecorder? = nil
    ) throws(JobStoreError) {
        let functions = try PostgresLibrary.system.get().functions
        let address = try DatabaseAddress(url, functions)
        let name = try SchemaName(schema)
        let gate = SchemaGate(
            schema: PostgresSchema(name),
            appliesChanges: configuration.appliesSchemaChanges,
            libraryVersion: testing.libraryVersion
        )
        self.address = address
        self.schema = name
        self.configuration = configuration
        self.recorder = recorder
        clock = testing.date.map { .date($0) } ?? .server
        func sessions(_ count: Int, _ limits: TimeLimits, checksSchema: Bool) -> SessionPool {
            SessionPool(count, turn: limits.turn) {
                let connection = try PostgresConnection(
                    to: address,
                    functions,
                    limits: limits,
                    interruption: testing.interruption
                )
                if checksSchema { try gate.check(connection) }
                return connection
            }
        }
        let limits = testing.limits ?? TimeLimits()
        pool = sessions(configuration.connections, limits, checksSchema: testing.checksSchema)
        // A worker that renews was registered over another connection. Nothing may delay its renewals.
        renewals = sessions(1, testing.limits ?? .renewal, checksSchema: false)
    }

    /// The expression for the present date.
    var now: SQL { clock.now }
}

extension PostgresJobStore: CustomStringConvertible, CustomReflectable {
    /// The hosts, the database and the schema.
    public var description: String { "jobs in \(address.name), schema \(schema.text)" }

    /// The description. It doesn't contain the password.
    public var customMirror: Mirror { Mirror(self, children: ["description": description], displayStyle: .class) }
}

extension PostgresJobStore {
    /// Settings of a store.
    public struct Configuration: Sendable, Hashable {
        /// The time for which an outcome is kept, at least a day. Whole days are removed, and only if each outcome of
        /// the day is delivered. Defaults to 30 days.
        public var retention: Duration

        /// The number of connections besides the one for renewals, at least one. Defaults to 4.
        public var connections: Int

        /// True if the store applies pending changes of its tables when it connects. Defaults to true. If it is false,
        /// and the tables are too old, calls throw `JobStoreError` until ``PostgresJobStore/migrate()`` was called or
        /// the changes were applied by hand.
        public var appliesSchemaChanges: Bool

        /// Creates settings.
        ///
        /// - Parameters:
        ///   - retention: The time for which an outcome is kept. Defaults to 30 days.
        ///   - connections: The number of connections besides the one for renewals. Defaults to 4.
        ///   - appliesSchemaChanges: True if the store applies pending changes of its tables. Defaults to true.
        public init(
            retention: Duration = .seconds(30 * 86_400),
            connections: Int = 4,
            appliesSchemaChanges: Bool = true
        ) {
            self.retention = retention
            self.connections = connections
            self.appliesSchemaChanges = appliesSchemaChanges
        }
    }

    /// Replacements for tests.
    package struct Testing: Sendable {
        /// Returns the date of the store's clock. `nil` for that of the server.
        package var date: (@Sendable () -> Date)?
        /// Interrupts connections.
        package var interruption: StatementInterruption?
        /// The version of the tables that the library knows. Defaults to its own.
        package var libraryVersion = PostgresSchema.version
        /// False if connections may be used whatever tables there are.
        package var checksSchema = true
        /// The time limits of all connections. `nil` for the usual ones.
        var limits: TimeLimits?

        /// Creates replacements.
        ///
        /// - Parameters:
        ///   - interruption: Interrupts connections. Defaults to never.
        ///   - limit: A limit for connecting, for statements and for waiting for a connection. Defaults to the usual.
        ///   - date: Returns the date of the store's clock. Defaults to that of the server.
        package init(
            interruption: StatementInterruption? = nil,
            limit: Duration? = nil,
            date: (@Sendable () -> Date)? = nil
        ) {
            self.interruption = interruption
            self.date = date
            limits = limit.map { TimeLimits(connect: $0, statement: $0, lock: $0, grace: $0 / 2, turn: $0) }
        }
    }
}

extension TimeLimits {
    /// The limits of renewals, which have to fit into the time to live of a worker.
    fileprivate static let renewal = TimeLimits(
        connect: .seconds(3),
        statement: .seconds(2),
        lock: .seconds(1),
        grace: .seconds(1),
        turn: .seconds(10)
    )
}
