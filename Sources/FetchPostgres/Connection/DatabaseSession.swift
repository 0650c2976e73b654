import FetchJobs

/// A connection that is opened when it is needed, and opened again after it was lost.
actor DatabaseSession {
    private let open: @Sendable () throws -> PostgresConnection
    private var connection: PostgresConnection?

    init(_ open: @escaping @Sendable () throws -> PostgresConnection) { self.open = open }

    /// Runs a function with the connection. It blocks the thread of the task's executor.
    ///
    /// A transaction that another one was in the way of is repeated once.
    func run<Value: Sendable>(_ body: @Sendable (PostgresConnection) throws -> Value) throws -> Value {
        do {
            return try runOnce(body)
        } catch let error as PostgresError where error.isConflict {
            return try runOnce(body)
        }
    }

    private func runOnce<Value: Sendable>(_ body: @Sendable (PostgresConnection) throws -> Value) throws -> Value {
        try Task.checkCancellation()
        if connection?.isStale ?? true { connection = try open() }
        guard let connection else {
            throw PostgresError(state: PostgresError.cannotConnect, message: "there is no connection")
        }
        defer { if !connection.isUsable { self.connection = nil } }
        return try body(connection)
    }
}
