import FetchCore
import FetchJobs

/// A search for keys with due jobs. It looks at each key once, however many jobs there are, and at none of endpoints
/// that aren't searched.
struct DueScan {
    let transaction: SQLiteTransaction
    let index: DueIndex
    let endpoints: [EndpointName]
    let excluded: Set<AccountID?>
    /// The greatest number of keys.
    let limit: Int

    /// Returns keys with due jobs, beginning after the last key of an earlier search that has reached its limit.
    ///
    /// - Returns: The keys, and the last one if there may be more.
    func queues(after last: DueKey?) throws -> (found: [DueQueue], last: DueKey?) {
        var found: [DueQueue] = []
        let endpoints = endpoints.sorted()
        let start = last.flatMap { last in endpoints.firstIndex { $0 >= last.endpoint } } ?? 0
        for endpoint in endpoints[start...] {
            try scan(endpoint, after: endpoint == last?.endpoint ? last : nil, before: nil, &found)
        }
        if let last {
            for endpoint in endpoints[..<start] { try scan(endpoint, after: nil, before: nil, &found) }
            if endpoints.contains(last.endpoint) { try scan(last.endpoint, after: nil, before: last, &found) }
        }
        return (found, found.count < limit ? nil : found.last?.key)
    }

    private func scan(
        _ endpoint: EndpointName,
        after start: DueKey?,
        before end: DueKey?,
        _ found: inout [DueQueue]
    ) throws {
        var next = try self.next(endpoint, after: start, skipsAccount: false)
        while found.count < limit, let queue = next {
            if let end, end < queue.key { return }
            let isExcluded = excluded.contains(queue.key.account)
            if !isExcluded, queue.first <= transaction.now { found.append(queue) }
            next = try self.next(endpoint, after: queue.key, skipsAccount: isExcluded)
        }
    }

    /// Returns the next key of an endpoint, also if none of its jobs is due.
    private func next(_ endpoint: EndpointName, after key: DueKey?, skipsAccount: Bool) throws -> DueQueue? {
        var condition = ""
        var values = [SQLValue.text(endpoint.rawValue)]
        if let key {
            condition = skipsAccount ? " AND account > ?2" : " AND (account, tenant) > (?2, ?3)"
            values = skipsAccount ? Array(key.values.prefix(2)) : key.values
        }
        let query = """
            SELECT account, tenant, not_before FROM \(index.source)\(condition)
            ORDER BY account, tenant, not_before LIMIT 1
            """
        return try transaction.rows(query, values) { row in
            DueQueue(
                key: DueKey(
                    endpoint: endpoint,
                    account: row.optionalText(0).map { AccountID($0) },
                    tenant: row.optionalText(1)
                ),
                first: StoredDate(microseconds: row.integer(2))
            )
        }.first
    }
}
