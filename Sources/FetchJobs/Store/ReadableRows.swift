/// What was read from rows of a store, and the jobs whose rows this version can't read.
///
/// A row that a later version has written must not keep the others of a call from being read.
package struct ReadableRows<Value> {
    /// The values of the rows that could be read.
    package private(set) var values: [Value] = []

    /// The jobs of the other rows.
    package private(set) var unreadable: [StoredJobID] = []

    /// The number of rows.
    package var count: Int { values.count + unreadable.count }

    /// Reads rows one by one.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - id: Returns the job of a row that can't be read.
    ///   - read: Reads a row, and throws if this version can't.
    package init<Row>(
        _ rows: some Sequence<Row>,
        id: (Row) -> StoredJobID,
        _ read: (Row) throws -> Value
    ) {
        for row in rows {
            do { values.append(try read(row)) } catch { unreadable.append(id(row)) }
        }
    }

    /// Creates a result without rows.
    package init() {}
}

extension ReadableRows: Sendable where Value: Sendable {}

extension JobStore {
    /// Parks jobs that a worker has leased and can't read.
    package func parkUnreadable(_ jobs: [StoredJobID], by worker: WorkerID) async throws {
        guard !jobs.isEmpty else { return }
        try await giveBack(jobs.map { ReturnedJob($0, parkedReason: StoredJob.reasonOfFormat) }, by: worker)
    }

    /// Reads the leases of a worker, and parks those that can't be read until a page has none.
    package func readableLeases(
        of worker: WorkerID,
        _ read: () async throws -> ReadableRows<LeasedJob>
    ) async throws -> [LeasedJob] {
        while true {
            let jobs = try await read()
            guard !jobs.unreadable.isEmpty else { return jobs.values }
            // Then the page has others in their place.
            try await parkUnreadable(jobs.unreadable, by: worker)
        }
    }

    /// Reads pages until a limit is reached or there are no more rows. Rows that can't be read don't count.
    ///
    /// - Parameters:
    ///   - page: The first page.
    ///   - read: Reads a page, and returns also the last job of it, read or not.
    /// - Returns: The jobs that could be read.
    /// - Throws: The errors of the closure.
    package func readableJobs(
        _ page: JobPage,
        _ read: (JobPage) async throws -> (rows: ReadableRows<StoredJob>, last: StoredJobID?)
    ) async throws -> [StoredJob] {
        var jobs: [StoredJob] = []
        var page = page
        while true {
            let (rows, last) = try await read(page)
            jobs += rows.values
            guard !rows.unreadable.isEmpty, rows.count == page.limit, let last else { return jobs }
            page.after = last
            page.limit -= rows.values.count
            guard page.limit > 0 else { return jobs }
        }
    }

    /// Takes deliveries until there is one that can be read, or there are no more.
    ///
    /// Those that can't be read are taken for the time, too, and then are there for a reader that can.
    ///
    /// - Parameters:
    ///   - limit: The greatest number of outcomes.
    ///   - take: Takes outcomes.
    /// - Returns: The outcomes that could be read.
    /// - Throws: The errors of the closure.
    package func readableDeliveries(
        _ limit: Int,
        _ take: () async throws -> ReadableRows<StoredOutcome>
    ) async throws -> [StoredOutcome] {
        // A bound, since the time for which they are taken may be shorter than a call.
        for _ in 1...100 {
            let rows = try await take()
            guard rows.values.isEmpty, rows.count >= limit else { return rows.values }
        }
        return []
    }
}
