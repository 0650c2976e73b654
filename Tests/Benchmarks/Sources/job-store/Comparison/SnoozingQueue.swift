import FetchCore
import FetchJobs
import Foundation
import JobStores

/// A general job queue in PostgreSQL, as the usual libraries build it: a worker claims due rows with `SKIP LOCKED`,
/// polls, and writes the time of the next attempt.
///
/// It has the one index that claiming needs. Rows are claimed, snoozed and completed in batches of a hundred, which is
/// favourable: many libraries complete each job by a statement of its own.
struct SnoozingQueue {
    private static let batch = 100

    let schema: String
    private let connection: PostgresConnection

    /// Creates the table in a schema of its own.
    init(_ url: String, schema: String) throws {
        self.schema = schema
        connection = try PostgresConnection(url)
        try connection.query("CREATE SCHEMA \(schema)")
        try connection.query(
            """
            CREATE TABLE \(schema).job (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              state text NOT NULL DEFAULT 'available',
              kind text NOT NULL,
              args jsonb NOT NULL,
              output jsonb,
              attempt integer NOT NULL DEFAULT 0,
              attempted_at timestamptz,
              attempted_by text,
              scheduled_at timestamptz NOT NULL DEFAULT now(),
              finalized_at timestamptz
            )
            """
        )
        try connection.query("CREATE INDEX ON \(schema).job (state, scheduled_at, id)")
    }

    /// Adds jobs, and polls them until all have ended.
    ///
    /// - Parameters:
    ///   - jobs: The jobs.
    ///   - client: Polls each job once per claim.
    ///   - gap: The seconds between two requests for a job.
    /// - Throws: `PostgresConnection.Failure`; the error of a request.
    func poll(_ jobs: [DurableJob], _ client: FetchClient, gap: Double) async throws {
        for start in stride(from: 0, to: jobs.count, by: 1_000) {
            let arguments = try jobs[start..<min(start + 1_000, jobs.count)].map(Self.json)
            try connection.query(
                """
                INSERT INTO \(schema).job (kind, args, scheduled_at)
                SELECT 'poll', value, now() + random() * make_interval(secs => $2) FROM jsonb_array_elements($1::jsonb)
                """,
                ["[\(arguments.joined(separator: ","))]", "\(gap)"]
            )
        }
        var ended = 0
        while ended < jobs.count {
            let claimed = try claim()
            if claimed.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
            var (pending, done): ([String], [(id: String, output: String)]) = ([], [])
            for (id, reference) in claimed {
                switch try await client.fetch(try JobReference(reference)) {
                case .pending: pending.append(id)
                case .succeeded(let output):
                    let end = JobEnd(.succeeded, artifacts: output.outputArtifacts, requests: 1)
                    done.append((id, try Self.json(end)))
                case .failed(let failure): throw PostgresConnection.Failure("a job failed: \(failure)")
                }
            }
            try snooze(pending, gap)
            try complete(done)
            ended += done.count
        }
    }

    private func claim() throws -> [(id: String, reference: String)] {
        let rows = try connection.query(
            """
            WITH due AS MATERIALIZED (
              SELECT id FROM \(schema).job WHERE state = 'available' AND scheduled_at <= now()
              ORDER BY scheduled_at, id LIMIT \(Self.batch) FOR UPDATE SKIP LOCKED
            )
            UPDATE \(schema).job j
            SET state = 'running', attempt = attempt + 1, attempted_at = now(), attempted_by = 'worker-1'
            FROM due WHERE j.id = due.id RETURNING j.id, j.args->>'job'
            """
        )
        return rows.map { ($0[0], $0[1]) }
    }

    private func snooze(_ ids: [String], _ gap: Double) throws {
        guard !ids.isEmpty else { return }
        try connection.query(
            """
            UPDATE \(schema).job SET state = 'available', scheduled_at = now() + make_interval(secs => $2)
            WHERE id = ANY ($1::bigint[])
            """,
            ["{\(ids.joined(separator: ","))}", "\(gap)"]
        )
    }

    private func complete(_ jobs: [(id: String, output: String)]) throws {
        guard !jobs.isEmpty else { return }
        try connection.query(
            """
            UPDATE \(schema).job j SET state = 'completed', finalized_at = now(), output = e.output
            FROM unnest($1::bigint[]) WITH ORDINALITY i (id, place)
            JOIN jsonb_array_elements($2::jsonb) WITH ORDINALITY e (output, place) USING (place)
            WHERE j.id = i.id
            """,
            ["{\(jobs.map(\.id).joined(separator: ","))}", "[\(jobs.map(\.output).joined(separator: ","))]"]
        )
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}
