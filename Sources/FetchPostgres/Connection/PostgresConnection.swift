import FetchJobs

/// A connection to a server. Its functions block the calling thread, at most for its time limits, and return early if
/// the task is cancelled. The connection is closed when it is released.
final class PostgresConnection {
    let functions: PostgresFunctions
    let limits: TimeLimits
    private let handle: OpaquePointer
    private let interruption: StatementInterruption?

    /// False after an error that leaves the connection in an unknown state.
    private(set) var isUsable = true

    /// Connects to the first host that accepts the connection.
    ///
    /// - Throws: ``PostgresError`` of the last host; `CancellationError`.
    init(
        to address: DatabaseAddress,
        _ functions: PostgresFunctions,
        limits: TimeLimits,
        interruption: StatementInterruption? = nil
    ) throws {
        var handle: OpaquePointer?
        var failure = PostgresError(state: PostgresError.cannotConnect, message: "the URL has no host")
        for host in address.hosts {
            do {
                handle = try ConnectionAttempt(host, functions).connect(limits.connect)
                break
            } catch let error as PostgresError {
                let detail = address.redact(error.message)
                failure = PostgresError(state: error.state, message: "\(address.name) can't be reached: \(detail)")
            }
        }
        guard let handle else { throw failure }
        self.handle = handle
        self.functions = functions
        self.limits = limits
        self.interruption = interruption
        _ = functions.setNonblocking(handle, 1)
    }

    deinit { functions.finish(handle) }

    /// The version of the server, such as 150004.
    var serverVersion: Int { Int(functions.serverVersion(handle)) }

    /// True if there is a transaction of which no statement has failed.
    var hasTransaction: Bool { functions.transactionStatus(handle) == PostgresFunctions.transactionIsOpen }

    /// True if the connection can't be used further, or if the server has sent something while it was idle, such as the
    /// end of the session.
    var isStale: Bool { !isUsable || SocketWait.isReadable(functions.socket(handle)) }

    /// Closes the connection as soon as it is released.
    func invalidate() { isUsable = false }
}

// Statements.
extension PostgresConnection {
    /// Sends statements in one message.
    ///
    /// - Returns: The rows of each statement that returns rows.
    /// - Throws: ``PostgresError``; `CancellationError`, and the effect is unknown then.
    @discardableResult
    func query(_ sql: SQL, within limit: Duration? = nil) throws -> [PostgresRows] {
        guard !sql.text.utf8.contains(0) else {
            throw JobStoreError(.invalidJob, "PostgreSQL can't store a string that contains the character NUL")
        }
        return try perform(within: limit) { sql.text.withCString { functions.sendQuery(handle, $0) } }
    }

    /// Executes one statement with parameters, whose types the server derives.
    func execute(_ statement: String, _ values: [SQLValue]) throws -> [PostgresRows] {
        try perform(within: nil) {
            CStrings.withPointers(values.map(\.parameter)) { pointers in
                functions.sendQueryParameters(handle, statement, Int32(values.count), nil, pointers, nil, nil, 0)
            }
        }
    }

    private func perform(within limit: Duration?, _ send: () -> Int32) throws -> [PostgresRows] {
        let moment = interruption?.next()
        if moment == .before {
            isUsable = false
            throw PostgresError(state: PostgresError.connectionLost, message: "the connection was interrupted")
        }
        let deadline = ContinuousClock.now + (limit ?? limits.statement + limits.grace)
        do {
            guard send() == 1 else { throw lost() }
            try flush(until: deadline)
            let results = try receive(until: deadline)
            guard moment == nil else {
                isUsable = false
                throw PostgresError(state: PostgresError.connectionLost, message: "the connection was interrupted")
            }
            return results
        } catch let error as PostgresError {
            if error.endsConnection { isUsable = false }
            throw error
        } catch {
            isUsable = false
            throw error
        }
    }

    private func flush(until deadline: ContinuousClock.Instant) throws {
        while true {
            let result = functions.flush(handle)
            guard result >= 0 else { throw lost() }
            guard result == 1 else { return }
            try SocketWait.wait(functions.socket(handle), reading: true, writing: true, until: deadline)
            guard functions.consumeInput(handle) == 1 else { throw lost() }
        }
    }

    /// Receives the results of all statements, also after an error, so that the connection can be used further.
    private func receive(until deadline: ContinuousClock.Instant) throws -> [PostgresRows] {
        var rows: [PostgresRows] = []
        var failure: PostgresError?
        while true {
            while functions.isBusy(handle) == 1 {
                try SocketWait.wait(functions.socket(handle), reading: true, writing: false, until: deadline)
                guard functions.consumeInput(handle) == 1 else { throw failure ?? lost() }
            }
            guard let result = functions.nextResult(handle) else { break }
            let status = functions.resultStatus(result)
            switch status {
            case PostgresFunctions.rowsAreOK: rows.append(PostgresRows(result, functions))
            case PostgresFunctions.commandIsOK, PostgresFunctions.emptyQuery: functions.clear(result)
            default:
                failure = failure ?? error(of: result)
                functions.clear(result)
                if status > PostgresFunctions.rowsAreOK, status < PostgresFunctions.badResponse { throw unsupported() }
            }
        }
        if let failure { throw failure }
        guard functions.status(handle) == PostgresFunctions.connectionIsOK else { throw lost() }
        return rows
    }

    private func error(of result: OpaquePointer) -> PostgresError {
        func field(_ code: Int32) -> String? { functions.errorField(result, code).map { String(cString: $0) } }
        guard let state = field(PostgresFunctions.fieldOfSQLState) else { return lost() }
        return PostgresError(state: state, message: field(PostgresFunctions.fieldOfMessage) ?? "no message")
    }

    private func lost() -> PostgresError {
        PostgresError(state: PostgresError.connectionLost, message: "the connection to the database was lost")
    }

    private func unsupported() -> PostgresError {
        PostgresError(state: PostgresError.connectionLost, message: "COPY can't be used in a recording transaction")
    }
}

extension SQLValue {
    /// The value as the text of a parameter. `nil` for `NULL`.
    fileprivate var parameter: String? {
        switch self {
        case .null: nil
        case .integer(let value): String(value)
        case .real(let value): "\(value)"
        case .text(let value): value
        case .blob(let bytes):
            bytes.reduce(into: "\\x") { text, byte in
                text += byte < 16 ? "0" : ""
                text += String(byte, radix: 16)
            }
        }
    }
}
