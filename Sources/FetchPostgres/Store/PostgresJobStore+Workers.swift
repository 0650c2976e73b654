public import FetchJobs
import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Workers.
extension PostgresJobStore {
    /// Registers a worker.
    public func register(_ name: String, timeToLive: Duration) async throws -> WorkerID {
        let report = try StoredText.encode(FleetWorker(id: WorkerID(rawValue: 0)))
        let name = String(name.unicodeScalars.filter { $0 != "\0" }.prefix(200).map(Character.init))
        let sql: SQL = """
            INSERT INTO \(schema).worker (name, started_at, renewed_at, expires_at, report)
            VALUES (\(name), \(now), \(now), \(now) + \(timeToLive), \(report)) RETURNING id
            """
        let id = try await transaction(sql) { rows in rows.first?.number(0, 0) }
        guard let id else { throw JobStoreError(.unusable, "the database returned no number for a worker") }
        return WorkerID(rawValue: id)
    }

    /// Extends the life of a worker.
    public func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        let text = try StoredText.encode(report)
        // A call that was given up may reach the server after a later one.
        let number = upkeep.withLock { $0.nextRenewal(at: .now) }
        let update: SQL = """
            UPDATE \(schema).worker w
            SET renewed_at = \(now), expires_at = \(now) + \(timeToLive), report = \(text), renewal = \(number)
            WHERE w.id = \(report.id.rawValue) AND w.state < 2 AND w.expires_at > \(now) AND w.renewal < \(number)
            RETURNING w.id
            """
        return try await renewals.run { [self] connection in
            guard try connection.transaction(update).first?.count == 1 else { return nil }
            // The fleet is read in a transaction of its own. So its date is later than the time at which the worker's
            // report was visible to all, and each worker that has read a later fleet has read this report. The
            // shares of limits depend on it.
            return try fleet(connection)
        }
    }

    /// Reads the workers that aren't dead and the pauses. The date is that before the snapshot is taken.
    func fleet(_ connection: PostgresConnection) throws -> Fleet {
        let rows = try connection.transaction(
            """
            SELECT \(StoreColumns.microseconds(now));
            SELECT w.id, w.report FROM \(schema).worker w WHERE w.state < 2 ORDER BY w.id;
            SELECT p.provider, p.account, \(StoreColumns.microseconds("p.ends_at")), p.reason FROM \(schema).pause p
            WHERE p.ends_at > \(now) OR p.ends_at IS NULL ORDER BY p.provider, p.account
            """
        )
        guard rows.count == 3, let date = rows[0].date(0, 0) else {
            throw JobStoreError(.unusable, "the database returned no fleet")
        }
        let workers = try rows[1].indices.map { row in
            let report: FleetWorker = try StoredText.decode(rows[1].text(row, 1) ?? "")
            // The report of a worker that hasn't renewed yet has no number.
            return FleetWorker(
                id: WorkerID(rawValue: rows[1].number(row, 0) ?? 0),
                endpoints: report.endpoints,
                jobs: report.jobs,
                shares: report.shares,
                appliedFleet: report.appliedFleet
            )
        }
        let pauses = rows[2].indices.compactMap { row -> AccountPause? in
            guard let provider = rows[2].text(row, 0).flatMap(ProviderID.init(rawValue:)) else { return nil }
            let account = StoreColumns.identifier(rows[2].text(row, 1)).map { AccountID($0) }
            let end = rows[2].date(row, 2)
            return AccountPause(ProviderAccount(provider, account), until: end, because: rows[2].text(row, 3) ?? "")
        }
        return Fleet(at: date, workers: workers, pauses: pauses)
    }

    /// Notes that a worker ends in order.
    public func leave(_ worker: WorkerID) async throws {
        try await transaction(
            "UPDATE \(schema).worker w SET state = 1 WHERE w.id = \(worker.rawValue) AND w.state = 0"
        )
    }

    /// Removes a worker. Of many leases, the next ``clearUp(limit:)`` ends the rest.
    public func deregister(_ worker: WorkerID) async throws {
        try await transaction(
            """
            DELETE FROM \(schema).worker w WHERE w.id = \(worker.rawValue);
            DELETE FROM \(schema).hint h WHERE h.worker = \(worker.rawValue);
            WITH held AS MATERIALIZED (
                SELECT j.id FROM \(schema).job j WHERE j.lease = \(worker.rawValue) ORDER BY j.id LIMIT 10000
                FOR UPDATE SKIP LOCKED
            )
            UPDATE \(schema).job j SET lease = NULL, not_before = greatest(j.not_before, \(now))
            FROM held h WHERE j.id = h.id
            """
        )
    }
}
