/// The state of the tables of a store.
public struct SchemaStatus: Sendable, Hashable {
    /// The number of the last change that was applied; zero if there are no tables.
    public var version: Int

    /// The changes that this version of the library would still apply.
    public var pending: [SchemaChange]

    /// Differences from the tables, indexes and views that the version should have, one sentence each.
    public var problems: [String]

    /// True if the tables are as this version of the library makes them.
    public var isCurrent: Bool { pending.isEmpty && problems.isEmpty }

    /// Creates a state.
    ///
    /// - Parameters:
    ///   - version: The number of the last change that was applied.
    ///   - pending: The changes that are still to be applied. Defaults to none.
    ///   - problems: Differences from what the version should have. Defaults to none.
    public init(version: Int, pending: [SchemaChange] = [], problems: [String] = []) {
        self.version = version
        self.pending = pending
        self.problems = problems
    }
}
