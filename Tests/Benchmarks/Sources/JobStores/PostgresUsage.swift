import Foundation

/// What a PostgreSQL server on this machine has done since a moment.
package struct PostgresUsage: Sendable, Encodable {
    /// The rows of the schema that were inserted, updated and deleted.
    package var inserted: Int
    package var updated: Int
    package var deleted: Int
    /// The updates among them that changed no index (HOT).
    package var updatedInPlace: Int
    /// The bytes of the write-ahead log.
    package var logBytes: Int
    package var transactions: Int
    /// The CPU time of all processes of the server in seconds.
    package var cpu: Double

    /// The number of row versions that were written: each update and each insertion writes one, each deletion marks one.
    package var rowVersions: Int { inserted + updated + deleted }

    package init(
        inserted: Int = 0,
        updated: Int = 0,
        deleted: Int = 0,
        updatedInPlace: Int = 0,
        logBytes: Int = 0,
        transactions: Int = 0,
        cpu: Double = 0
    ) {
        (self.inserted, self.updated, self.deleted) = (inserted, updated, deleted)
        (self.updatedInPlace, self.logBytes) = (updatedInPlace, logBytes)
        (self.transactions, self.cpu) = (transactions, cpu)
    }

    package static func - (end: Self, start: Self) -> Self {
        Self(
            inserted: end.inserted - start.inserted,
            updated: end.updated - start.updated,
            deleted: end.deleted - start.deleted,
            updatedInPlace: end.updatedInPlace - start.updatedInPlace,
            logBytes: end.logBytes - start.logBytes,
            transactions: end.transactions - start.transactions,
            cpu: end.cpu - start.cpu
        )
    }
}

extension PostgresConnection {
    /// Returns the counters of a schema and of the server.
    package func usage(of schema: String) throws -> PostgresUsage {
        // Connections without work report their counters after ten seconds.
        Thread.sleep(forTimeInterval: 11)
        let rows = try query(
            """
            SELECT coalesce(sum(n_tup_ins), 0), coalesce(sum(n_tup_upd), 0), coalesce(sum(n_tup_del), 0),
              coalesce(sum(n_tup_hot_upd), 0),
              pg_current_wal_lsn() - '0/0'::pg_lsn,
              (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())
            FROM pg_stat_user_tables WHERE schemaname = $1
            """,
            [schema]
        )
        let values = rows.first?.map { Int($0) ?? 0 } ?? []
        guard values.count == 6 else { throw Failure("the server has no statistics") }
        return PostgresUsage(
            inserted: values[0],
            updated: values[1],
            deleted: values[2],
            updatedInPlace: values[3],
            logBytes: values[4],
            transactions: values[5],
            cpu: try serverCPU()
        )
    }

    /// Returns the CPU time of the server's processes, also of those that have ended, in seconds. Zero if the server
    /// runs on another machine.
    private func serverCPU() throws -> Double {
        guard let backend = try query("SELECT pg_backend_pid()").first?.first.flatMap({ Int($0) }),
            let own = ProcessTimes(backend)
        else { return 0 }
        let all = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int($0) }
        let parent = ProcessTimes(own.parent)
        let children = all.compactMap(ProcessTimes.init).filter { $0.parent == own.parent }
        return children.reduce(0) { $0 + $1.own } + (parent.map { $0.own + $0.ofEndedChildren } ?? 0)
    }
}

/// The CPU times of a process from `/proc`, in seconds.
private struct ProcessTimes {
    let parent: Int
    let own: Double
    let ofEndedChildren: Double

    init?(_ process: Int) {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
        // The name in parentheses may contain spaces.
        let fields = stat.split(separator: ")").last?.split(separator: " ").map { Int($0) ?? 0 } ?? []
        guard fields.count > 14 else { return nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        parent = fields[1]
        own = Double(fields[11] + fields[12]) / ticks
        ofEndedChildren = Double(fields[13] + fields[14]) / ticks
    }
}
