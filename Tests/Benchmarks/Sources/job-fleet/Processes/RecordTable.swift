import FetchJobs
import JobStores
import Synchronization

/// A table of the application's own, in the database of the store: a row for each time that a recording transaction
/// contained the outcome of a job. If outcomes are recorded once, each job has one row.
struct RecordTable: Sendable {
    private let name: String

    init(_ location: StoreLocation) {
        name = location.kind == .postgres ? "\(location.schema).fleet_record" : "fleet_record"
    }

    /// The part of a process in the transactions that record outcomes.
    func recorder(of process: Int) -> OutcomeRecorder {
        { [name] outcomes, transaction in
            for outcome in outcomes {
                try transaction.execute(
                    "INSERT INTO \(name) (job, process) VALUES ($1, $2)",
                    [.integer(outcome.id.rawValue), .integer(Int64(process))]
                )
            }
        }
    }

    /// Creates the table, in the transaction of an outcome.
    var creator: OutcomeRecorder {
        { [name] _, transaction in
            try transaction.execute("CREATE TABLE \(name) (job BIGINT NOT NULL, process BIGINT NOT NULL)", [])
        }
    }

    /// Returns a recorder that reads the table in the transaction of an outcome.
    ///
    /// - Parameter counts: Receives the number of rows of each job.
    /// - Returns: The recorder.
    func reader(into counts: SharedCounts) -> OutcomeRecorder {
        { [name] _, transaction in
            let rows = try transaction.execute("SELECT job, count(*) FROM \(name) GROUP BY job", [])
            counts.value.withLock { value in
                for (job, count) in rows.compactMap(Self.pair) { value[StoredJobID(rawValue: job)] = Int(count) }
            }
        }
    }

    private static func pair(_ row: [SQLValue]) -> (Int64, Int64)? {
        guard row.count == 2, let job = number(row[0]), let count = number(row[1]) else { return nil }
        return (job, count)
    }

    private static func number(_ value: SQLValue) -> Int64? {
        switch value {
        case .integer(let number): number
        case .text(let text): Int64(text)
        case .null, .real, .blob: nil
        }
    }
}

/// Counts that a recorder fills.
final class SharedCounts: Sendable {
    let value = Mutex<[StoredJobID: Int]>([:])
}
