public import FetchCore
public import FetchJobs
import Synchronization

// Accounts, learned durations, and the state at a glance.
extension PostgresJobStore {
    /// Pauses an account.
    public func pause(_ account: ProviderAccount, for duration: Duration?, because reason: String) async throws {
        let end: SQL = duration.map { "\(now) + \(max($0, .zero))" } ?? "NULL"
        try await transaction(
            """
            INSERT INTO \(schema).pause AS p (provider, account, ends_at, reason)
            VALUES (\(account.provider.rawValue), \(StoreColumns.text(account.account?.rawValue)), \(end), \(reason))
            ON CONFLICT (provider, account) DO UPDATE SET ends_at = excluded.ends_at, reason = excluded.reason
            WHERE p.ends_at <= \(now) OR (p.ends_at IS NOT NULL AND (
                excluded.ends_at IS NULL OR excluded.ends_at > p.ends_at
            ))
            """
        )
    }

    /// Ends the pause of an account.
    @discardableResult
    public func resume(_ account: ProviderAccount) async throws -> Bool {
        upkeep.withLock { $0.forgetJobs() }
        return try await transaction(
            """
            DELETE FROM \(schema).pause p WHERE p.provider = \(account.provider.rawValue)
                AND p.account = \(StoreColumns.text(account.account?.rawValue)) RETURNING 1
            """
        ) { $0.first.map { !$0.indices.isEmpty } ?? false }
    }

    /// Returns the learned durations of each endpoint.
    public func durations() async throws -> [EndpointName: JobDurations] {
        try await transaction("SELECT d.endpoint, d.learned FROM \(schema).durations d") { rows in
            var durations: [EndpointName: JobDurations] = [:]
            guard let rows = rows.first else { return durations }
            for row in rows.indices {
                guard let endpoint = rows.text(row, 0).flatMap(EndpointName.init(rawValue:)) else { continue }
                // Without those that this version can't read, a client begins to learn.
                durations[endpoint] = try? StoredText.decode(rows.text(row, 1) ?? "", as: JobDurations.self)
            }
            return durations
        }
    }

    /// Merges learned durations into those of the store.
    public func merge(_ durations: [EndpointName: JobDurations]) async throws {
        guard !durations.isEmpty else { return }
        // In the order of the names, so that two calls never wait for each other in a circle.
        let entries = durations.sorted { $0.key.rawValue < $1.key.rawValue }
        let weights = entries.map { "\($0.value.weight)" }
        try await transaction(
            """
            INSERT INTO \(schema).durations AS d (endpoint, weight, learned)
            SELECT t.endpoint, t.weight, t.learned::json FROM unnest(
                \(entries.map { $0.key.rawValue }), \(weights, as: "double precision"),
                \(try entries.map { try StoredText.encode($0.value) })
            ) AS t(endpoint, weight, learned)
            ON CONFLICT (endpoint) DO UPDATE SET weight = excluded.weight, learned = excluded.learned
            WHERE excluded.weight * 1.1 >= d.weight
                AND (excluded.weight, excluded.learned::text) IS DISTINCT FROM (d.weight, d.learned::text)
            """
        )
    }

    /// Returns the state of the store at a glance. Numbers above 10,000 are the estimates of PostgreSQL's statistics.
    public func overview() async throws -> StoreOverview {
        let limit = 10_000
        let sql: SQL = """
            SELECT count(*) FROM (SELECT FROM \(schema).job LIMIT \(limit + 1)) j;
            SELECT count(*) FROM (SELECT FROM \(schema).delivery LIMIT \(limit + 1)) d;
            SELECT count(*) FROM (
                SELECT FROM \(schema).job j WHERE j.parked IS NOT NULL LIMIT \(StoreOverview.greatestParkedJobs)
            ) p;
            SELECT c.reltuples::bigint FROM pg_class c WHERE c.oid = \("\(schema.name).job")::regclass;
            SELECT c.reltuples::bigint FROM pg_class c WHERE c.oid = \("\(schema.name).delivery")::regclass
            """
        return try await pool.run { [self] connection in
            let fleet = try fleet(connection)
            let numbers = try connection.transaction(sql).map { Int($0.number(0, 0) ?? 0) }
            guard numbers.count == 5 else { throw JobStoreError(.unusable, "the database returned no overview") }
            let isEstimate = numbers[0] > limit || numbers[1] > limit
            return StoreOverview(
                at: fleet.date,
                waitingJobs: numbers[0] > limit ? max(numbers[0], numbers[3]) : numbers[0],
                parkedJobs: numbers[2],
                undeliveredOutcomes: numbers[1] > limit ? max(numbers[1], numbers[4]) : numbers[1],
                isEstimate: isEstimate,
                fleet: fleet
            )
        }
    }
}
