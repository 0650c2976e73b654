/// A moment at which a connection can fail. Tests have stores fail at each of them.
package struct StatementEvent: Sendable {
    /// The statement, such as `BEGIN IMMEDIATE`.
    package let statement: String
    /// True if the statement has had its effect.
    package let isAfter: Bool
}

/// Receives the events of a connection. An error that it throws is that of the statement.
package typealias StatementHook = @Sendable (StatementEvent) throws -> Void
