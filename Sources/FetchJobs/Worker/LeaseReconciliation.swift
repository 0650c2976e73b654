/// A comparison of a worker's leases with those that its store has, which it reads page by page while other calls go on.
struct LeaseReconciliation: Sendable {
    /// The jobs that the store has listed or leased since the comparison began.
    var present: Set<StoredJobID> = []

    /// The jobs that the worker has ended or given back since then. A page may have been read before.
    var dropped: Set<StoredJobID> = []
}
