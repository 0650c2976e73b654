import FetchJobs

/// A comparison of tables, indexes, functions and views with those that a version should have.
struct SchemaInspection {
    private let schema: PostgresSchema
    private let connection: PostgresConnection

    init(_ schema: PostgresSchema, _ connection: PostgresConnection) {
        self.schema = schema
        self.connection = connection
    }

    /// Returns the differences from a version, one sentence each.
    func problems(at version: Int) throws -> [String] {
        let rows = try connection.query(
            """
            SELECT c.relname || '.' || a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = to_regnamespace(\(schema.name)) AND c.relkind IN ('r', 'p') AND a.attnum > 0
                AND NOT a.attisdropped;
            SELECT c.relname, (i.indisvalid AND i.indisready)::text FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = to_regnamespace(\(schema.name));
            SELECT c.relname, 'view' FROM pg_class c
            WHERE c.relnamespace = to_regnamespace(\(schema.name)) AND c.relkind = 'v';
            SELECT p.proname, 'function' FROM pg_proc p WHERE p.pronamespace = to_regnamespace(\(schema.name))
            """
        ).map { rows in
            Dictionary(rows.indices.map { (rows.text($0, 0) ?? "", rows.text($0, 1) ?? "") }) { first, _ in first }
        }
        guard rows.count == 4 else { return ["The catalogue can't be read."] }
        return columnProblems(rows[0]) + indexProblems(rows[1])
            + missing("function", Self.functions, rows[3])
            + (version >= 2 ? missing("view", Self.views, rows[2]) : [])
    }

    private func columnProblems(_ present: [String: String]) -> [String] {
        Self.columns.flatMap { table, columns in
            columns.split(separator: ",").compactMap { column -> String? in
                let parts = column.split(separator: ":").map(String.init)
                let name = "\(table).\(parts[0])"
                guard let type = present[name] else { return "The column \(name) is missing." }
                let expected = Self.types[parts[1]] ?? parts[1]
                return type == expected ? nil : "The column \(name) has the type \(type) instead of \(expected)."
            }
        }.sorted()
    }

    private func indexProblems(_ present: [String: String]) -> [String] {
        let invalid = present.filter { $0.value != "true" }.keys.sorted()
        return missing("index", Self.indexes, present)
            + invalid.map { "The index \($0) is invalid. Drop it, and create it again." }
    }

    private func missing(_ kind: String, _ names: [String], _ present: [String: String]) -> [String] {
        names.filter { present[$0] == nil }.map { "The \(kind) \($0) is missing." }
    }

    private static let types = [
        "n": "bigint", "s": "smallint", "t": "text", "d": "timestamp with time zone", "r": "double precision",
        "j": "json", "b": "boolean", "x": "numeric",
    ]

    private static let columns = [
        "worker": "id:n,name:t,state:s,started_at:d,renewed_at:d,expires_at:d,report:j,renewal:n",
        "job": "id:n,tenant:t,account:t,endpoint:t,reference:t,submitted_at:r,eta:x,time_limit:x,"
            + "limit_from_submission:b,note:j,added_at:d,deadline:d,not_before:d,last_request:d,lease:n,deaths:s,parked:t",
        "outcome": "job:n,ended_at:d,tenant:t,account:t,endpoint:t,reference:t,submitted_at:r,eta:x,time_limit:x,"
            + "limit_from_submission:b,note:j,kind:t,body:j,worker:n",
        "delivery": "job:n,ended_at:d,available_at:d",
        "hint": "worker:n,job:n",
        "pause": "provider:t,account:t,ends_at:d,reason:t",
        "durations": "endpoint:t,weight:r,learned:j",
        "schema_version": "version:integer,earliest_library:integer,applied_at:d",
    ]

    private static let indexes = [
        "job_pkey", "job_key", "job_due", "job_lease", "job_overdue", "job_parked", "outcome_pkey", "outcome_key",
        "delivery_pkey", "delivery_due", "delivery_day", "hint_pkey", "pause_pkey", "durations_pkey", "worker_pkey",
    ]

    private static let functions = ["add_jobs", "take_due", "prepare_days", "drop_days"]

    private static let views = ["waiting_by_account", "workers", "stuck"]
}
