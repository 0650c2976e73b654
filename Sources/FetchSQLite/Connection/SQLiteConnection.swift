import FetchJobs

/// A connection with a database. It isn't thread-safe, and its calls block.
final class SQLiteConnection {
    /// The ways of opening a database.
    enum Access {
        /// The file is created if it doesn't exist.
        case readWrite
        /// The file has to exist, and isn't changed.
        case readOnly
    }

    /// The number of pages of the write-ahead log, which the library reports after each commit.
    final class LogSize {
        var pages = 0
    }

    let path: String
    let lockWait: LockWait
    private let library: SQLiteLibrary
    private let functions: SQLiteFunctions
    private let handle: OpaquePointer
    private let hook: StatementHook?
    private let log = LogSize()
    private var statements: [String: SQLiteStatement] = [:]

    /// Opens a database.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - library: The library.
    ///   - access: The way of opening it.
    ///   - lockTimeout: The time for which a statement waits for the locks of other connections.
    ///   - hook: Receives the events of the connection.
    /// - Throws: `JobStoreError` if it can't be opened.
    init(
        _ path: String,
        _ library: SQLiteLibrary,
        _ access: Access,
        lockTimeout: Duration,
        hook: StatementHook? = nil
    ) throws(JobStoreError) {
        self.path = path
        self.hook = hook
        let functions = library.functions
        self.library = library
        self.functions = functions
        lockWait = LockWait(limit: lockTimeout)
        var handle: OpaquePointer?
        let flags =
            access == .readOnly ? SQLiteCode.openReadOnly : SQLiteCode.openReadWrite | SQLiteCode.openCreate
        // Some builds of the library take a path that begins with “file:” for a URL.
        let name = path.hasPrefix("file:") ? "./\(path)" : path
        let code = name.withCString { functions.open($0, &handle, flags | SQLiteCode.openNoMutex, nil) }
        guard let handle, code == SQLiteCode.ok else {
            let failure = SQLiteFailure(
                code: code,
                message: handle.flatMap { functions.errorMessage($0) }.map { String(cString: $0) } ?? "out of memory",
                errorNumber: handle.map { functions.systemErrorNumber($0) } ?? 0,
                path: path
            )
            if let handle { _ = functions.close(handle) }
            throw failure.error
        }
        self.handle = handle
        _ = functions.extendedResultCodes(handle, 1)
        let context = Unmanaged.passUnretained(lockWait).toOpaque()
        _ = functions.setBusyHandler(
            handle,
            { context, attempts in
                guard let context else { return 0 }
                let wait = Unmanaged<LockWait>.fromOpaque(context).takeUnretainedValue()
                return wait.shouldLookAgain(after: attempts) ? 1 : 0
            },
            context
        )
        _ = functions.setLogHook(
            handle,
            { context, _, _, pages in
                guard let context else { return 0 }
                Unmanaged<LogSize>.fromOpaque(context).takeUnretainedValue().pages = Int(pages)
                return 0
            },
            Unmanaged.passUnretained(log).toOpaque()
        )
    }

    deinit {
        statements = [:]
        _ = functions.close(handle)
    }

    /// True if a transaction is open.
    var isInTransaction: Bool { functions.isAutocommit(handle) == 0 }

    /// True if the database can't be written, whatever access it was opened for.
    var isReadOnly: Bool { functions.isReadOnly(handle, "main") == 1 }

    /// The number of pages of the write-ahead log after the latest commit of this connection.
    var logPages: Int { log.pages }

    /// Writes the log to the database, so that the file of the log can be used from its beginning.
    ///
    /// It has the lock of writers meanwhile. SQLite before 3.51.3 may damage a database if one connection commits
    /// while another one writes the log back (https://www.sqlite.org/wal.html#walresetbug).
    func writeLogBack() {
        let limit = lockWait.limit
        lockWait.limit = .milliseconds(500)
        _ = functions.checkpoint(handle, nil, SQLiteCode.checkpointFull, nil, nil)
        lockWait.limit = limit
    }

    /// Returns an empty database in memory.
    func emptyDatabase() throws(JobStoreError) -> SQLiteConnection {
        try SQLiteConnection(":memory:", library, .readWrite, lockTimeout: .zero)
    }

    /// Returns the error of a result code.
    func error(_ code: Int32) -> JobStoreError {
        let message = functions.errorMessage(handle).map { String(cString: $0) } ?? "no message"
        let number = functions.systemErrorNumber(handle)
        return SQLiteFailure(code: code, message: message, errorNumber: number, path: path).error
    }
}

// Statements.
extension SQLiteConnection {
    /// Prepares a statement. Nothing but white space may follow it.
    func prepare(_ text: String, isPersistent: Bool = false) throws(JobStoreError) -> SQLiteStatement {
        var handle: OpaquePointer?
        var text = text
        let flags = isPersistent ? SQLiteCode.preparePersistent : 0
        let (code, rest) = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters -> (Int32, Int) in
                var end: UnsafePointer<CChar>?
                let count = Int32(clamping: characters.count)
                let code = functions.prepare(self.handle, characters.baseAddress, count, flags, &handle, &end)
                guard let end, let start = characters.baseAddress else { return (code, 0) }
                let rest = characters[(end - start)...]
                return (code, rest.count { !" \n\t\r;".utf8.contains(UInt8(bitPattern: $0)) })
            }
        }
        guard code == SQLiteCode.ok else { throw error(code) }
        guard let handle else { throw JobStoreError(.unusable, "a statement is empty") }
        let statement = SQLiteStatement(handle, functions)
        guard rest == 0 else { throw JobStoreError(.unusable, "a string has more than one statement") }
        return statement
    }

    private func cached(_ text: String) throws -> SQLiteStatement {
        if let statement = statements[text] { return statement }
        let statement = try prepare(text, isPersistent: true)
        statements[text] = statement
        return statement
    }

    /// Executes a statement of this module's, which is kept prepared, and reads its rows.
    ///
    /// - Parameters:
    ///   - text: A statement with the parameters `?1`, `?2` and so on.
    ///   - values: The values of the parameters.
    ///   - read: Reads a row.
    /// - Returns: The rows.
    /// - Throws: `JobStoreError`; the errors of `read` and of the hook.
    func rows<Row>(_ text: String, _ values: [SQLValue], _ read: (SQLiteStatement) throws -> Row) throws -> [Row] {
        try hook?(StatementEvent(statement: text, isAfter: false))
        let statement = try cached(text)
        defer { statement.reset() }
        for (index, value) in values.enumerated() {
            let code = statement.bind(value, at: Int32(index + 1))
            guard code == SQLiteCode.ok else { throw error(code) }
        }
        var rows: [Row] = []
        try step(statement) { rows.append(try read(statement)) }
        try hook?(StatementEvent(statement: text, isAfter: true))
        return rows
    }

    /// Executes a statement of this module's without rows.
    ///
    /// - Returns: The number of rows that an `INSERT`, `UPDATE` or `DELETE` has changed.
    @discardableResult
    func execute(_ text: String, _ values: [SQLValue] = []) throws -> Int {
        _ = try rows(text, values) { _ in }
        return Int(functions.changes(handle))
    }

    /// Executes a statement that is prepared, and calls a closure for each of its rows.
    func step(_ statement: SQLiteStatement, _ row: () throws -> Void) throws {
        while true {
            let code = statement.step()
            if code == SQLiteCode.done { return }
            guard code == SQLiteCode.row else { throw error(code) }
            try row()
        }
    }
}

// Transactions.
extension SQLiteConnection {
    /// Runs a transaction that may write. It has the lock from its beginning, so that it can't fail for another one.
    func write<Result>(_ body: () throws -> Result) throws -> Result {
        lockWait.yield()
        let begin = ContinuousClock.now
        defer { lockWait.released(heldSince: begin) }
        return try transaction("BEGIN IMMEDIATE", body)
    }

    /// Runs a transaction that reads one state of the database.
    func read<Result>(_ body: () throws -> Result) throws -> Result { try transaction("BEGIN", body) }

    private func transaction<Result>(_ begin: String, _ body: () throws -> Result) throws -> Result {
        do {
            try execute(begin)
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // Some errors, such as a full disk, end the transaction by themselves.
            if isInTransaction, let rollback = try? cached("ROLLBACK") {
                _ = rollback.step()
                rollback.reset()
            }
            throw error
        }
    }
}
