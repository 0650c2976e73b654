import FetchJobs

/// Outcomes that can't be passed to the application's closure, since this version can't read their jobs.
struct UnreadableOutcomes: Error {
    let jobs: [StoredJobID]

    /// The error as a store throws it.
    var jobStoreError: JobStoreError { StoreColumns.unreadable(jobs.first ?? StoredJobID(rawValue: 0)) }
}
