import FetchCore
import FetchJobs

extension SQLValue {
    /// The identifier of a tenant or of an account. Empty bytes stand for none, so that it can be part of a key: they
    /// differ from any text, and SQLite regards two `NULL` as different.
    init(identifier: String?) { self = identifier.map { .text($0) } ?? .blob([]) }

    /// The number of a worker, or `NULL`.
    init(_ worker: WorkerID?) { self.init(worker?.rawValue) }

    init(_ job: StoredJobID) { self.init(job.rawValue) }
}

/// The two columns of a duration, which keep it exactly.
struct StoredDuration {
    /// Longer durations mean the same as 100 years.
    private static let limits: ClosedRange<Duration> = .seconds(-3_155_760_000) ... .seconds(3_155_760_000)

    static func values(of duration: Duration?) -> [SQLValue] {
        guard let duration else { return [.null, .null] }
        let (seconds, attoseconds) = min(max(duration, limits.lowerBound), limits.upperBound).components
        return [.integer(seconds), .integer(attoseconds)]
    }

    /// Reads the columns that begin at an index.
    static func read(_ row: SQLiteStatement, at column: Int32) -> Duration? {
        guard let seconds = row.optionalInteger(column) else { return nil }
        return Duration(secondsComponent: seconds, attosecondsComponent: row.integer(column + 1))
    }
}
