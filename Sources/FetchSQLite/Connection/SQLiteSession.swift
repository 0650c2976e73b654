import FetchCore
import FetchJobs

/// A connection whose calls are made one after the other, on threads that may block. A call that waits for its turn
/// occupies no thread.
actor SQLiteSession {
    private let connection: SQLiteConnection
    private let executor: any TaskExecutor
    private let date: @Sendable () -> StoredDate
    private let recorder: OutcomeRecorder?
    private let maximumLogPages: Int
    /// The size of the log when it was written back last. A transaction of another program may have prevented it.
    private var triedLogPages = 0

    /// - Parameters:
    ///   - connection: The connection, which nothing else uses.
    ///   - executor: The threads.
    ///   - maximumLogPages: The size of the write-ahead log from which on this session writes it back.
    ///   - date: Returns the date of the store's clock.
    ///   - recorder: The application's part of a transaction that records outcomes.
    init(
        _ connection: sending SQLiteConnection,
        on executor: any TaskExecutor,
        maximumLogPages: Int,
        date: @escaping @Sendable () -> StoredDate,
        recorder: OutcomeRecorder? = nil
    ) {
        self.connection = connection
        self.executor = executor
        self.maximumLogPages = maximumLogPages
        self.date = date
        self.recorder = recorder
    }

    /// Runs a transaction that may write.
    ///
    /// - Throws: `JobStoreError`; `CancellationError` if the task is cancelled before the transaction begins.
    nonisolated func write<Value: Sendable>(
        _ body: @Sendable (SQLiteTransaction) throws -> Value
    ) async throws -> Value {
        try await executor.run { try await runWrite(body) }
    }

    /// Runs a transaction that reads one state of the database.
    nonisolated func read<Value: Sendable>(
        _ body: @Sendable (SQLiteTransaction) throws -> Value
    ) async throws -> Value {
        try await executor.run { try await runRead(body) }
    }

    private func runWrite<Value: Sendable>(_ body: @Sendable (SQLiteTransaction) throws -> Value) throws -> Value {
        // A call that was given up while it waited for its turn has no effect after a later one.
        try Task.checkCancellation()
        let value = try connection.write { try body(SQLiteTransaction(connection, at: date(), recorder)) }
        writeLogBack()
        return value
    }

    private func writeLogBack() {
        let pages = connection.logPages
        // The log begins anew after it was written back.
        if pages < triedLogPages { triedLogPages = 0 }
        guard pages >= triedLogPages + maximumLogPages else { return }
        connection.writeLogBack()
        triedLogPages = pages
    }

    private func runRead<Value: Sendable>(_ body: @Sendable (SQLiteTransaction) throws -> Value) throws -> Value {
        try connection.read { try body(SQLiteTransaction(connection, at: date(), recorder)) }
    }
}
