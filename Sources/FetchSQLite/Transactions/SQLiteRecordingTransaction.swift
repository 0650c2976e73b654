import FetchJobs

/// The transaction that records outcomes, as the application's closure sees it.
final class SQLiteRecordingTransaction: RecordingTransaction {
    /// The statements that would end the transaction, or begin another one in it.
    private static let refused: Set<String> = ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"]

    private let connection: SQLiteConnection
    private var isOver = false

    private init(_ connection: SQLiteConnection) { self.connection = connection }

    /// Calls an application's closure within the open transaction.
    ///
    /// - Throws: `JobStoreError`.
    static func run(
        _ recorder: OutcomeRecorder,
        _ outcomes: [StoredOutcome],
        _ connection: SQLiteConnection
    ) throws {
        let transaction = SQLiteRecordingTransaction(connection)
        defer { transaction.isOver = true }
        try transaction.handle(outcomes, by: recorder)
    }

    /// Executes one statement in the open transaction.
    static func execute(
        _ statement: String,
        _ values: [SQLValue],
        _ connection: SQLiteConnection
    ) throws -> [[SQLValue]] {
        try SQLiteRecordingTransaction(connection).execute(statement, values)
    }

    func execute(_ statement: String, _ values: [SQLValue]) throws -> [[SQLValue]] {
        guard !isOver else { throw JobStoreError(.unusable, "the transaction is over") }
        let word = Self.firstWord(of: statement)
        guard !Self.refused.contains(word) else {
            throw JobStoreError(
                .unusable,
                "\(word) isn't allowed in the transaction of the store",
                remedy: "Throw an error to undo the transaction."
            )
        }
        let prepared = try connection.prepare(statement)
        try bind(values, to: prepared)
        var rows: [[SQLValue]] = []
        try connection.step(prepared) {
            rows.append((0..<prepared.columnCount).map { prepared.value(Int32($0)) })
        }
        return rows
    }

    private func bind(_ values: [SQLValue], to statement: SQLiteStatement) throws {
        // SQLite numbers the names in the order in which they occur.
        let indexes = (0..<max(values.count, statement.parameterCount)).map { statement.index(of: "$\($0 + 1)") }
        guard indexes.count == values.count, statement.parameterCount == values.count, !indexes.contains(0) else {
            throw JobStoreError(
                .unusable,
                "a statement has other parameters than $1 to $\(values.count), one for each value"
            )
        }
        for (value, index) in zip(values, indexes) {
            let code = statement.bind(value, at: index)
            guard code == SQLiteCode.ok else { throw connection.error(code) }
        }
    }

    /// Returns the first word of a statement in capital letters, after comments.
    private static func firstWord(of statement: String) -> String {
        var rest = Substring(statement)
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == ";" }
            if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                let tail = rest.dropFirst(2)
                rest = tail.indices.first { tail[$0...].hasPrefix("*/") }.map { tail[$0...].dropFirst(2) } ?? ""
            } else {
                return rest.prefix { $0.isLetter }.uppercased()
            }
        }
    }
}
