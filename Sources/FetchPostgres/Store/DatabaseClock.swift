#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The clock of a store.
enum DatabaseClock: Sendable {
    /// The clock of the server. The date is that at which the server received the message with the statement.
    case server
    /// A clock of a test.
    case date(@Sendable () -> Date)

    /// The expression for the present date.
    var now: SQL {
        switch self {
        case .server: "statement_timestamp()"
        case .date(let date):
            "(timestamptz 'epoch' + \(Duration.microseconds(Int64((date().timeIntervalSince1970 * 1_000_000).rounded()))))"
        }
    }
}
