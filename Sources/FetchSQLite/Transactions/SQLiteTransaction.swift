import FetchCore
import FetchJobs

/// The functions of a store within one transaction, at one date of the store's clock.
struct SQLiteTransaction {
    let connection: SQLiteConnection
    /// The date of the store's clock after the transaction has begun.
    let now: StoredDate
    private let recorder: OutcomeRecorder?

    init(_ connection: SQLiteConnection, at now: StoredDate, _ recorder: OutcomeRecorder?) {
        self.connection = connection
        self.now = now
        self.recorder = recorder
    }

    /// True if the application takes part in the transactions that record outcomes.
    var hasRecorder: Bool { recorder != nil }

    /// Executes a statement and returns the number of changed rows.
    @discardableResult
    func execute(_ statement: String, _ values: [SQLValue] = []) throws -> Int {
        try connection.execute(statement, values)
    }

    /// Executes a statement and reads its rows.
    func rows<Row>(
        _ statement: String,
        _ values: [SQLValue] = [],
        _ read: (SQLiteStatement) throws -> Row
    ) throws -> [Row] {
        try connection.rows(statement, values, read)
    }
}

// Jobs and their ends.
extension SQLiteTransaction {
    /// The job with a key that is waiting.
    func waitingJob(_ job: JobReference, tenant: String?) throws -> JobRow? {
        let query = "SELECT \(JobRow.names) FROM fetchkit_job WHERE tenant = ?1 AND reference = ?2"
        return try rows(query, [SQLValue(identifier: tenant), .text(job.description)], JobRow.init).first
    }

    private static let outcomeByKey =
        "SELECT \(OutcomeRow.names) FROM fetchkit_outcome WHERE tenant = ?1 AND reference = ?2"

    /// The outcome of a job with a key, of which the arguments are the columns.
    func outcome(ofTenant tenant: SQLValue, _ reference: SQLValue) throws -> OutcomeRow? {
        try rows(Self.outcomeByKey, [tenant, reference], OutcomeRow.init).first
    }

    /// The outcome of a job with a key.
    func outcome(of job: JobReference, tenant: String?) throws -> OutcomeRow? {
        try outcome(ofTenant: SQLValue(identifier: tenant), .text(job.description))
    }

    /// The outcomes of jobs, in the order of the jobs.
    func outcomes(of jobs: [StoredJobID]) throws -> [OutcomeRow] {
        let query = "SELECT \(OutcomeRow.names) FROM fetchkit_outcome WHERE id = ?1"
        return try jobs.flatMap { try rows(query, [SQLValue($0)], OutcomeRow.init) }
    }

    /// Removes waiting jobs, and stores their outcomes for delivery.
    ///
    /// - Parameters:
    ///   - ends: The jobs, each with its end, also as JSON.
    ///   - worker: The worker that has to have leased the jobs. `nil` for jobs that end otherwise.
    /// - Returns: The jobs that have ended by this.
    /// - Throws: `JobStoreError`, also if the application's closure has thrown.
    func end(_ ends: [EncodedEnd], by worker: WorkerID?) throws -> [StoredJobID] {
        let condition = worker == nil ? "" : " AND worker = ?5"
        let copy = """
            INSERT INTO fetchkit_outcome (id, \(JobColumns.names), ended_at, kind, body, worker)
            SELECT id, \(JobColumns.names), ?2, ?3, ?4, ?5 FROM fetchkit_job WHERE id = ?1\(condition)
            """
        var ended: [StoredJobID] = []
        for end in ends {
            let id = SQLValue(end.id)
            let values = [id, now.value, .text(end.kind.rawValue), .text(end.body), SQLValue(worker)]
            guard try execute(copy, values) > 0 else { continue }
            try execute("DELETE FROM fetchkit_job WHERE id = ?1", [id])
            try execute("INSERT INTO fetchkit_delivery (outcome, available_at) VALUES (?1, ?2)", [id, now.value])
            ended.append(end.id)
        }
        guard !ended.isEmpty else { return [] }
        try changeCounts(waiting: -ended.count, undelivered: ended.count)
        if let recorder {
            let outcomes = try outcomes(of: ended).map { try $0.outcome() }
            try SQLiteRecordingTransaction.run(recorder, outcomes, connection)
        }
        return ended
    }

    /// Changes the numbers of waiting jobs and of outcomes that aren't delivered.
    func changeCounts(waiting: Int = 0, undelivered: Int = 0) throws {
        let update = """
            UPDATE fetchkit_state SET waiting = waiting + ?1, undelivered = undelivered + ?2,
            latest_at = max(latest_at, ?3)
            """
        try execute(update, [SQLValue(waiting), SQLValue(undelivered), now.value])
    }
}

/// The end of a job with its JSON, which is made before the transaction begins.
struct EncodedEnd: Sendable {
    let id: StoredJobID
    let kind: JobEnd.Kind
    let body: String

    init(_ id: StoredJobID, _ end: JobEnd) throws {
        self.id = id
        kind = end.kind
        body = try StoredText.encode(end)
    }

    /// The same end of another job.
    init(_ end: Self, of id: StoredJobID) {
        self.id = id
        kind = end.kind
        body = end.body
    }
}
