import FetchJobs

extension PostgresConnection {
    /// The settings of each transaction. They end with it, so that sessions of PgBouncer's pools can be shared.
    ///
    /// All statements find their rows by an index, whatever the statistics of a table say that has just been filled.
    private var settings: SQL {
        """
        SET LOCAL statement_timeout = \(limits.statement.wholeMicroseconds / 1_000); \
        SET LOCAL lock_timeout = \(limits.lock.wholeMicroseconds / 1_000); \
        SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; \
        SET LOCAL enable_bitmapscan = off; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL jit = off
        """
    }

    /// Executes statements in one message, which is one transaction.
    func transaction(_ sql: SQL) throws -> [PostgresRows] {
        try query("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; \(settings); \(sql)")
    }

    /// Executes statements in a transaction, and then the body within it.
    ///
    /// - Throws: ``PostgresError``; the error of the body, after which nothing is changed.
    func transaction<Result>(_ sql: SQL, _ body: ([PostgresRows]) throws -> Result) throws -> Result {
        let idle: SQL = "SET LOCAL idle_in_transaction_session_timeout = \(limits.statement.wholeMicroseconds / 1_000)"
        do {
            let rows = try query("BEGIN ISOLATION LEVEL READ COMMITTED; \(settings); \(idle); \(sql)")
            let result = try body(rows)
            guard hasTransaction else {
                throw PostgresError(state: "25P02", message: "the transaction was ended, or a statement in it failed")
            }
            try query("COMMIT")
            return result
        } catch {
            // If it can't be undone, the connection is closed, and the server undoes it.
            if isUsable { do { try query("ROLLBACK") } catch { invalidate() } }
            throw error
        }
    }
}
