public import FetchJobs
import Synchronization

// Deliveries.
extension PostgresJobStore {
    /// Takes outcomes that aren't acknowledged.
    public func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome] {
        guard limit > 0 else { return [] }
        return try await readableDeliveries(limit) { try await takeOnce(limit, for: duration) }
    }

    private func takeOnce(_ limit: Int, for duration: Duration) async throws -> ReadableRows<StoredOutcome> {
        let start = upkeep.withLock(\.deliveries).start(at: now)
        let sql: SQL = """
            SELECT \(StoreColumns.microseconds(now));
            WITH due AS MATERIALIZED (
                SELECT d.job, d.available_at FROM \(schema).delivery d
                WHERE d.available_at <= \(now) AND d.available_at >= \(start)
                ORDER BY d.available_at, d.job LIMIT \(limit) FOR UPDATE SKIP LOCKED
            ), taken AS (
                UPDATE \(schema).delivery d SET available_at = \(now) + \(max(duration, .milliseconds(1)))
                FROM due WHERE d.job = due.job RETURNING d.job, d.ended_at, due.available_at
            )
            SELECT \(StoreColumns.outcome)
            FROM taken t JOIN \(schema).outcome o ON o.job = t.job AND o.ended_at = t.ended_at
            ORDER BY t.available_at, t.job
            """
        let (date, outcomes) = try await transaction(sql) { rows in
            (rows.first?.number(0, 0) ?? 0, rows.last.map(StoreColumns.readableOutcomes) ?? ReadableRows())
        }
        upkeep.withLock { $0.deliveries.scanned(at: date, foundAll: outcomes.count < limit) }
        return outcomes
    }

    /// Ends the deliveries of outcomes.
    public func acknowledge(_ outcomes: [StoredJobID]) async throws {
        guard !outcomes.isEmpty else { return }
        try await transaction(
            "DELETE FROM \(schema).delivery d WHERE d.job = ANY (\(outcomes.map(\.rawValue).sorted()))"
        )
    }
}
