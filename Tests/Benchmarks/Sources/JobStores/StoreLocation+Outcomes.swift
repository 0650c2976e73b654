import FetchCore
package import FetchJobs
import Foundation

extension StoreLocation {
    /// The number of the first outcome that ``fill(_:outcomes:)`` writes. A store gives lower numbers to jobs.
    private static let firstOutcome = 1_000_000_000

    /// The greatest number of outcomes of one transaction.
    private static let outcomesOfTransaction = 500_000

    /// Writes copies of an outcome that the store has, as if so many jobs had ended and been delivered.
    ///
    /// - Parameters:
    ///   - store: The store at this place.
    ///   - outcomes: The number of outcomes.
    /// - Throws: The error of the database.
    package func fill(_ store: any JobStore, outcomes: Int) async throws {
        switch kind {
        case .memory: throw JobStoreError(.unusable, "outcomes in memory can't be copied")
        case .postgres:
            let connection = try PostgresConnection(place)
            for start in stride(from: 0, to: outcomes, by: Self.outcomesOfTransaction) {
                try connection.query(postgresStatement(from: start, to: outcomes))
            }
            try connection.query("VACUUM ANALYZE \(schema).outcome")
            try connection.query("CHECKPOINT")
        case .sqlite:
            for start in stride(from: 0, to: outcomes, by: Self.outcomesOfTransaction) {
                let statement = sqliteStatement(from: start, to: outcomes)
                let filling = try open { _, transaction in try transaction.execute(statement, []) }
                let job = try JobReference(endpoint: "store.filling", id: UUID().uuidString)
                try await filling.add([DurableJob(job)])
                try await filling.cancel(job, tenant: nil)
            }
        }
    }

    private func numbers(from start: Int, to end: Int) -> ClosedRange<Int> {
        Self.firstOutcome + start...Self.firstOutcome + min(start + Self.outcomesOfTransaction, end) - 1
    }

    private func postgresStatement(from start: Int, to end: Int) -> String {
        let numbers = numbers(from: start, to: end)
        return """
            INSERT INTO \(schema).outcome (job, ended_at, tenant, account, endpoint, reference, submitted_at, eta,
              time_limit, limit_from_submission, note, kind, body, worker)
            SELECT n, ended_at, tenant, account, endpoint, reference || '-' || n, submitted_at, eta,
              time_limit, limit_from_submission, note, kind, body, worker
            FROM (SELECT * FROM \(schema).outcome WHERE kind = 'succeeded' LIMIT 1) sample,
              generate_series(\(numbers.lowerBound)::bigint, \(numbers.upperBound)) n
            """
    }

    private func sqliteStatement(from start: Int, to end: Int) -> String {
        let numbers = numbers(from: start, to: end)
        return """
            WITH RECURSIVE
              number(n) AS (SELECT \(numbers.lowerBound) UNION ALL SELECT n + 1 FROM number WHERE n < \(numbers.upperBound)),
              sample AS MATERIALIZED (SELECT * FROM fetchkit_outcome WHERE kind = 'succeeded' LIMIT 1)
            INSERT INTO fetchkit_outcome (id, tenant, account, endpoint, reference, submitted, eta_seconds,
              eta_attoseconds, limit_seconds, limit_attoseconds, counts_from_submission, note, ended_at, kind, body, worker)
            SELECT n, tenant, account, endpoint, reference || '-' || n, submitted, eta_seconds,
              eta_attoseconds, limit_seconds, limit_attoseconds, counts_from_submission, note, ended_at, kind, body, worker
            FROM sample, number
            """
    }
}
