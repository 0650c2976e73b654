import FetchCore
package import FetchJobs

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A database file and the way of opening connections with it.
struct SQLiteDatabase: Sendable {
    /// The purposes of connections.
    enum Purpose {
        /// All writes but renewals. A commit returns when its data is on the disk.
        case writing
        /// Renewals, whose loss in a power failure doesn't matter.
        case renewing
        /// Reading.
        case reading
    }

    let path: String
    let library: SQLiteLibrary
    let lockTimeout: Duration
    let environment: SQLiteEnvironment

    init(
        path: String,
        lockTimeout: Duration,
        _ environment: SQLiteEnvironment
    ) throws(JobStoreError) {
        self.path = path
        self.lockTimeout = lockTimeout
        self.environment = environment
        library = try environment.library.get()
        guard !path.isEmpty, path != ":memory:", !path.utf8.contains(0) else {
            throw JobStoreError(
                .unusable,
                "the path “\(path.filter { $0 != "\0" })” isn't that of a file",
                remedy: "Pass the path of a file, or use InMemoryJobStore."
            )
        }
        if let name = NetworkFileSystem.name(ofFolder: folder) {
            throw JobStoreError(
                .unusable,
                "the database “\(path)” is on a network file system (\(name))",
                remedy: "Move it to a local disk, or use PostgresJobStore."
            )
        }
    }

    /// The folder of the file.
    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// True if there is a file.
    var exists: Bool { access(path, F_OK) == 0 }

    /// Opens a connection.
    func connect(for purpose: Purpose) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(
            path,
            library,
            .readWrite,
            lockTimeout: lockTimeout,
            hook: environment.hook
        )
        guard !connection.isReadOnly else {
            throw SQLiteFailure(code: 8, message: "", errorNumber: 0, path: path).error
        }
        let synchronous = environment.isDurable ? purpose == .renewing ? "NORMAL" : "FULL" : "OFF"
        try connection.execute("PRAGMA synchronous = \(synchronous)")
        // In KiB. The pages of a million jobs don't fit into the usual 2 MiB.
        try connection.execute("PRAGMA cache_size = \(purpose == .writing ? -32_768 : -2_048)")
        for statement in environment.statements { try connection.execute(statement) }
        if purpose == .reading { try connection.execute("PRAGMA query_only = ON") }
        return connection
    }

    /// Opens a connection that reads the schema.
    func connectForStatus() throws -> SQLiteConnection {
        try SQLiteConnection(path, library, .readOnly, lockTimeout: lockTimeout)
    }

    /// Has the database use a write-ahead log, which it then does for ever.
    func useLog(_ connection: SQLiteConnection) throws {
        let end = ContinuousClock.now + lockTimeout
        while true {
            do {
                // With the lock of another process, this statement may fail without waiting.
                let mode = try connection.rows("PRAGMA journal_mode = WAL", []) { $0.text(0) }
                if mode == ["wal"] { break }
                throw JobStoreError(
                    .unusable,
                    "the database “\(path)” can't have a write-ahead log",
                    remedy: "Move it to a local disk."
                )
            } catch let error as JobStoreError where error.code == .unavailable && ContinuousClock.now < end {
                usleep(2_000)
            }
        }
        try connection.execute("PRAGMA journal_size_limit = 67108864")
    }
}

/// Everything that tests replace.
package struct SQLiteEnvironment: Sendable {
    /// The library. Defaults to the system's.
    package var library: Result<SQLiteLibrary, JobStoreError>

    /// The threads that the calls block. Defaults to those for databases.
    package var executor: any TaskExecutor

    /// The changes of the tables that this version knows. `nil` for those of the module.
    package var changes: [SchemaChange]?

    /// Receives the statements of all connections.
    package var hook: StatementHook?

    /// Statements for each connection when it is open, such as `PRAGMA max_page_count = 50`.
    package var statements: [String] = []

    /// True if a commit waits for the disk. Without it, only the death of the machine loses anything.
    package var isDurable = true

    /// Creates the environment of an application.
    package init() {
        library = SQLiteLibrary.system
        executor = BlockingExecutor.databases
    }
}
