/// An attempt to connect to one host.
struct ConnectionAttempt {
    private let parameters: [(name: String, value: String)]
    private let functions: PostgresFunctions

    init(_ parameters: [(name: String, value: String)], _ functions: PostgresFunctions) {
        self.parameters = parameters
        self.functions = functions
    }

    /// Connects, and blocks the calling thread meanwhile. Only the system's resolver of names isn't bound by the limit.
    ///
    /// - Returns: The connection, which the caller has to finish.
    /// - Throws: ``PostgresError`` with a message that may contain a part of the URL; `CancellationError`.
    func connect(_ limit: Duration) throws -> OpaquePointer {
        let deadline = ContinuousClock.now + limit
        guard let handle = start() else {
            throw PostgresError(state: "53200", message: "there is no memory for a connection")
        }
        do {
            // The server's codes of errors are a part of the message only then.
            _ = functions.setErrorVerbosity(handle, PostgresFunctions.verboseErrors)
            _ = functions.setNoticeProcessor(handle, { _, _ in }, nil)
            try poll(handle, until: deadline)
            return handle
        } catch {
            functions.finish(handle)
            throw error
        }
    }

    private func start() -> OpaquePointer? {
        CStrings.withPointers(parameters.map(\.name)) { names in
            CStrings.withPointers(parameters.map(\.value)) { values in functions.connectStart(names, values, 0) }
        }
    }

    private func poll(_ handle: OpaquePointer, until deadline: ContinuousClock.Instant) throws {
        guard functions.status(handle) != PostgresFunctions.connectionIsBad else { throw failure(of: handle) }
        var state = PostgresFunctions.pollingWrites
        while state != PostgresFunctions.pollingIsOK {
            guard state != PostgresFunctions.pollingFailed else { throw failure(of: handle) }
            try SocketWait.wait(
                functions.socket(handle),
                reading: state == PostgresFunctions.pollingReads,
                writing: state == PostgresFunctions.pollingWrites,
                until: deadline
            )
            state = functions.connectPoll(handle)
        }
    }

    private func failure(of handle: OpaquePointer) -> PostgresError {
        let message = functions.errorMessage(handle).map { String(cString: $0) } ?? ""
        // libpq asks for the password, which the URL doesn't have, before the server refuses it.
        guard functions.needsPassword(handle) == 0 else {
            return PostgresError(state: PostgresError.wrongPassword, message: "no password")
        }
        return PostgresError(state: Self.state(in: message), message: Self.reason(in: message))
    }

    /// Returns the code of the server's error, which stands after the severity: `FATAL:  28P01: password …`.
    private static func state(in message: String) -> String {
        for part in message.split(separator: " ") where part.utf8.count == 6 && part.hasSuffix(":") {
            let code = part.dropLast()
            let isCode = code.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            if isCode, code.utf8.contains(where: { $0 < 58 }) {
                return code == "08P01" ? pooled(message) : String(code)
            }
        }
        return PostgresError.cannotConnect
    }

    /// Returns the code for a message of PgBouncer, which has one code for all errors of this kind.
    private static func pooled(_ message: String) -> String {
        let codes = [
            ("authentication failed", "28P01"), ("auth failed", "28P01"), ("no such user", "28P01"),
            ("no such database", "3D000"), ("does not exist", "3D000"),
        ]
        return codes.first { message.contains($0.0) }?.1 ?? PostgresError.cannotConnect
    }

    /// Returns the end of the first line: `connection to server at …, port 5432 failed: Connection refused`.
    private static func reason(in message: String) -> String {
        let line = message.split(separator: "\n").first.map(String.init) ?? "no reason given"
        return line.split(separator: "failed: ").last.map(String.init) ?? line
    }
}
