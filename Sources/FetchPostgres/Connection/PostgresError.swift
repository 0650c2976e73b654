import FetchJobs

/// An error of the server, or of the connection to it.
struct PostgresError: Error, Sendable {
    /// The five characters of the error's code, such as `23505`. Errors of the connection have codes of the class 08.
    var state: String

    /// The server's message, or the problem of the connection. It contains no password.
    var message: String

    static let connectionLost = "08006"
    static let noResponse = "08F01"
    static let cannotConnect = "08001"
    static let wrongPassword = "28P01"

    /// True if the transaction was undone since another one was in its way, and can be repeated at once.
    var isConflict: Bool { state == "40001" || state == "40P01" }

    /// True if there is no partition for a day.
    var isMissingPartition: Bool { state == "23514" }

    /// True if the connection must not be used further.
    var endsConnection: Bool {
        state.hasPrefix("08") || state.hasPrefix("57P") || state == "25006" || state == "25P03" || state == "25P02"
    }

    /// The error as a store throws it.
    var jobStoreError: JobStoreError {
        switch state {
        case Self.wrongPassword, "28000":
            JobStoreError(
                .unusable,
                "the database has refused the user or the password",
                remedy: "Check the user and the password of the URL, and the server's pg_hba.conf."
            )
        case "3D000":
            JobStoreError(.unusable, "the database doesn't exist", remedy: "Create it, or correct the URL.")
        case "42501":
            JobStoreError(
                .unusable,
                "the database user lacks a right: \(message)",
                remedy: "Grant the user the rights on the schema, or apply the changes of migrationPlan() as its owner."
            )
        case "25006":
            JobStoreError(
                .unavailable,
                "the database is read-only at the moment",
                remedy: "After a fail-over, add all hosts and target_session_attrs=read-write to the URL."
            )
        case "53100": JobStoreError(.full, "the database has no space left on its disk")
        case "42P01", "42703", "42883", "3F000", "42704":
            JobStoreError(
                .unusable,
                "the tables of the store aren't those of this version: \(message)",
                remedy: "Call schemaStatus() and migrate()."
            )
        case "57014": JobStoreError(.unavailable, "the database took too long for a statement, and has undone it")
        case "55P03": JobStoreError(.unavailable, "another transaction kept a lock of the store for too long")
        case "53300": JobStoreError(.unavailable, "the database has no connection left")
        case _ where isTemporary: JobStoreError(.unavailable, message)
        default: JobStoreError(.unusable, "the database has refused a statement: \(message) (SQLSTATE \(state))")
        }
    }

    /// Classes and codes of errors that end by themselves: of the connection, of resources, of the transaction, of the
    /// operator, and of the system.
    private var isTemporary: Bool {
        ["08", "40", "53", "55", "57", "58"].contains(state.prefix(2)) || ["25P02", "25P03", "25P04"].contains(state)
    }
}
