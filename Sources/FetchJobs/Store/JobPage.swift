/// Which jobs of a store to list.
public struct JobPage: Sendable, Hashable {
    /// The kinds of jobs to list.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// All jobs that are waited for, the parked ones included.
        case waiting
        /// The jobs that no worker may lease until ``JobStore/retry(_:)``.
        case parked
    }

    /// The jobs to list.
    public var kind: Kind

    /// The last job of the page before. `nil` for the first page.
    public var after: StoredJobID?

    /// The greatest number of jobs.
    public var limit: Int

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - kind: The jobs to list.
    ///   - after: The last job of the page before. Defaults to none, for the first page.
    ///   - limit: The greatest number of jobs. Defaults to 100.
    public init(_ kind: Kind, after: StoredJobID? = nil, limit: Int = 100) {
        self.kind = kind
        self.after = after
        self.limit = limit
    }
}
