public import FetchCore
public import FetchJobs

// Outcomes, learned durations and inspection.
extension SQLiteJobStore {
    /// Takes outcomes that aren't acknowledged.
    public func takeDeliveries(limit: Int, for duration: Duration) async throws -> [StoredOutcome] {
        guard limit > 0, try await reader.read({ try $0.hasDeliveries() }) else { return [] }
        return try await readableDeliveries(limit) {
            let rows = try await writer.write { try $0.takeDeliveries(limit: limit, for: duration) }
            return ReadableRows(rows, id: \.id) { try $0.outcome() }
        }
    }

    /// Ends the deliveries of outcomes.
    public func acknowledge(_ outcomes: [StoredJobID]) async throws {
        guard !outcomes.isEmpty else { return }
        try await writer.write { try $0.acknowledge(outcomes) }
    }

    /// Returns the outcome of a job.
    public func outcome(of job: JobReference, tenant: String? = nil) async throws -> StoredOutcome? {
        try await reader.read { try $0.outcome(of: job, tenant: tenant) }?.outcome()
    }

    /// Returns the learned durations of each endpoint.
    public func durations() async throws -> [EndpointName: JobDurations] {
        Self.decode(try await reader.read { try $0.durations() })
    }

    /// Merges learned durations into those of the store. It writes nothing if those of the store stay.
    public func merge(_ durations: [EndpointName: JobDurations]) async throws {
        guard !Self.changes(by: durations, of: try await self.durations()).isEmpty else { return }
        try await writer.write { transaction in
            for (name, new) in Self.changes(by: durations, of: try Self.decode(transaction.durations())) {
                try transaction.setDurations(StoredText.encode(new), of: name)
            }
        }
    }

    /// Returns the state of the store at a glance. Its numbers are exact.
    public func overview() async throws -> StoreOverview {
        let (counts, fleet) = try await reader.read { (try $0.counts(), try $0.fleet()) }
        return StoreOverview(
            at: fleet.date.date,
            waitingJobs: counts.waiting,
            parkedJobs: counts.parked,
            undeliveredOutcomes: counts.undelivered,
            isEstimate: false,
            fleet: try fleet.fleet()
        )
    }

    private static func decode(_ rows: [(endpoint: String, durations: String)]) -> [EndpointName: JobDurations] {
        var durations: [EndpointName: JobDurations] = [:]
        for row in rows {
            guard let name = EndpointName(rawValue: row.endpoint) else { continue }
            // Without those that this version can't read, a client begins to learn.
            durations[name] = try? StoredText.decode(row.durations, as: JobDurations.self)
        }
        return durations
    }

    /// Returns the durations that replace those of the store.
    private static func changes(
        by durations: [EndpointName: JobDurations],
        of stored: [EndpointName: JobDurations]
    ) -> [EndpointName: JobDurations] {
        durations.filter { name, new in
            guard let present = stored[name] else { return true }
            return new.weight * 1.1 >= present.weight && new != present
        }
    }
}
