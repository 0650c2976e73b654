import FetchCore
import FetchJobs

extension SQLiteTransaction {
    /// The time by which a renewal may lie in the future: the clock may be corrected by that without an effect.
    static let clockTolerance: Duration = .seconds(5)

    func register(_ name: String, timeToLive: Duration) throws -> WorkerID {
        let update = "UPDATE fetchkit_state SET last_worker = last_worker + 1"
        try execute(update)
        let number = try rows("SELECT last_worker FROM fetchkit_state") { $0.integer(0) }.first ?? 0
        let worker = WorkerID(rawValue: number)
        let insert = """
            INSERT INTO fetchkit_worker (id, name, state, may_renew, registered_at, renewed_at, expires_at, report)
            VALUES (?1, ?2, 0, 1, ?3, ?3, ?4, ?5)
            """
        let report = SQLValue(try StoredText.encode(FleetWorker(id: worker)))
        try execute(insert, [SQLValue(worker), .text(name), now.value, (now + timeToLive).value, report])
        return worker
    }

    /// Renews a worker. One whose last renewal lies in the future begins anew, since the clock was set back.
    func renew(_ worker: WorkerID, report: String, timeToLive: Duration) throws -> FleetRows? {
        let update = """
            UPDATE fetchkit_worker SET report = ?2, renewed_at = ?3, expires_at = ?4
            WHERE id = ?1 AND state < 2 AND may_renew = 1 AND expires_at > ?3 AND renewed_at <= ?5
            """
        let latest = now + Self.clockTolerance
        let values = [SQLValue(worker), .text(report), now.value, (now + timeToLive).value, latest.value]
        return try execute(update, values) > 0 ? try fleet() : nil
    }

    func leave(_ worker: WorkerID) throws {
        try execute("UPDATE fetchkit_worker SET state = 1 WHERE id = ?1 AND state = 0", [SQLValue(worker)])
    }

    /// Removes a worker, and as many of its leases as one transaction should.
    func deregister(_ worker: WorkerID) throws {
        let update = "UPDATE fetchkit_worker SET state = 3 WHERE id = ?1 AND state < 2"
        guard try execute(update, [SQLValue(worker)]) > 0 else { return }
        try execute("DELETE FROM fetchkit_hint WHERE worker = ?1", [SQLValue(worker)])
        var (rest, result) = (5_000, ClearUpResult())
        try endLeases(of: worker, countsDeaths: false, &rest, &result)
    }

    func hasHints(for worker: WorkerID) throws -> Bool {
        try !rows("SELECT 1 FROM fetchkit_hint WHERE worker = ?1 LIMIT 1", [SQLValue(worker)]) { _ in }.isEmpty
    }

    func takeHints(of worker: WorkerID) throws -> [StoredJobID] {
        // Not those for jobs that wait without this worker: it has given them back.
        let query = """
            SELECT job FROM fetchkit_hint WHERE worker = ?1
            AND NOT EXISTS (SELECT 1 FROM fetchkit_job WHERE id = fetchkit_hint.job AND worker IS NOT ?1) ORDER BY job
            """
        let hints = try rows(query, [SQLValue(worker)]) { StoredJobID(rawValue: $0.integer(0)) }
        try execute("DELETE FROM fetchkit_hint WHERE worker = ?1", [SQLValue(worker)])
        return hints
    }

    func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) throws {
        // A pause that is over counts as none.
        let upsert = """
            INSERT INTO fetchkit_pause (provider, account, ends_at, reason) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (provider, account) DO UPDATE SET ends_at = excluded.ends_at, reason = excluded.reason
            WHERE fetchkit_pause.ends_at <= ?5
            OR fetchkit_pause.ends_at IS NOT NULL AND (?3 IS NULL OR fetchkit_pause.ends_at < ?3)
            """
        let end = duration.map { (now + max($0, .zero)).value } ?? .null
        try execute(upsert, account.values + [end, .text(reason), now.value])
    }

    func resume(_ account: ProviderAccount) throws -> Bool {
        try execute("DELETE FROM fetchkit_pause WHERE provider = ?1 AND account = ?2", account.values) > 0
    }

    /// The workers that aren't dead, and the pauses that aren't over.
    func fleet() throws -> FleetRows {
        let workers = "SELECT report FROM fetchkit_worker WHERE state < 2 ORDER BY id"
        let pauses = """
            SELECT provider, account, ends_at, reason FROM fetchkit_pause
            WHERE ends_at IS NULL OR ends_at > ?1 ORDER BY provider, account
            """
        return FleetRows(
            date: now,
            reports: try rows(workers) { $0.text(0) },
            pauses: try rows(pauses, [now.value]) { row in
                guard let provider = ProviderID(rawValue: row.text(0)) else { return nil }
                return AccountPause(
                    ProviderAccount(provider, row.optionalText(1).map { AccountID($0) }),
                    until: row.optionalInteger(2).map { StoredDate(microseconds: $0).date },
                    because: row.text(3)
                )
            }.compactMap { $0 }
        )
    }
}

/// The rows of a fleet, which are decoded when the transaction is over.
struct FleetRows: Sendable {
    let date: StoredDate
    let reports: [String]
    let pauses: [AccountPause]

    func fleet() throws -> Fleet {
        Fleet(at: date.date, workers: try reports.map { try StoredText.decode($0) }, pauses: pauses)
    }
}

extension ProviderAccount {
    fileprivate var values: [SQLValue] { [.text(provider.rawValue), SQLValue(identifier: account?.rawValue)] }
}
