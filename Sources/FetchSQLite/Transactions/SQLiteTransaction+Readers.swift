import FetchCore
import FetchJobs

extension SQLiteTransaction {
    func hasDeliveries() throws -> Bool {
        let query = "SELECT 1 FROM fetchkit_delivery WHERE available_at <= ?1 LIMIT 1"
        return try !rows(query, [now.value]) { _ in }.isEmpty
    }

    func takeDeliveries(limit: Int, for duration: Duration) throws -> [OutcomeRow] {
        let query = """
            SELECT outcome FROM fetchkit_delivery WHERE available_at <= ?1 ORDER BY available_at, outcome LIMIT ?2
            """
        let ids = try rows(query, [now.value, SQLValue(max(limit, 0))]) { StoredJobID(rawValue: $0.integer(0)) }
        let end = now + max(duration, .milliseconds(1))
        let update = "UPDATE fetchkit_delivery SET available_at = ?2 WHERE outcome = ?1"
        for id in ids { try execute(update, [SQLValue(id), end.value]) }
        return try outcomes(of: ids)
    }

    func acknowledge(_ ids: [StoredJobID]) throws {
        var count = 0
        for id in ids where try execute("DELETE FROM fetchkit_delivery WHERE outcome = ?1", [SQLValue(id)]) > 0 {
            count += 1
            let insert = "INSERT INTO fetchkit_acknowledgement (acknowledged_at, outcome) VALUES (?1, ?2)"
            try execute(insert, [now.value, SQLValue(id)])
        }
        if count > 0 { try changeCounts(undelivered: -count) }
    }

    /// The learned durations of all endpoints, as JSON.
    func durations() throws -> [(endpoint: String, durations: String)] {
        try rows("SELECT endpoint, durations FROM fetchkit_durations") { ($0.text(0), $0.text(1)) }
    }

    func setDurations(_ durations: String, of endpoint: EndpointName) throws {
        let upsert = """
            INSERT INTO fetchkit_durations (endpoint, durations) VALUES (?1, ?2)
            ON CONFLICT (endpoint) DO UPDATE SET durations = excluded.durations
            """
        try execute(upsert, [.text(endpoint.rawValue), .text(durations)])
    }

    /// The numbers of waiting jobs, of the parked ones among them, and of outcomes that aren't delivered.
    func counts() throws -> (waiting: Int, parked: Int, undelivered: Int) {
        let query = """
            SELECT waiting, undelivered, (SELECT count(*) FROM (
                SELECT 1 FROM fetchkit_job INDEXED BY fetchkit_job_parked WHERE parked IS NOT NULL LIMIT ?1
            )) FROM fetchkit_state
            """
        return try rows(query, [SQLValue(StoreOverview.greatestParkedJobs)]) { row in
            (Int(row.integer(0)), Int(row.integer(2)), Int(row.integer(1)))
        }.first ?? (0, 0, 0)
    }
}
