import FetchJobs

/// The changes of the tables of a store, of which the version of a schema is the number of the last one.
struct PostgresSchema: Sendable {
    private let schema: SchemaName

    init(_ schema: SchemaName) { self.schema = schema }

    /// The name of the schema in quotation marks.
    var name: String { schema.name }

    /// The name of the schema itself.
    var text: String { schema.text }

    /// The version that this library creates.
    static let version = 2

    /// The earliest version that this library works with.
    static let earliestVersion = 1

    /// All changes.
    var changes: [SchemaChange] {
        [
            SchemaChange(
                1,
                "tables, indexes and functions",
                tables + [prepareDays, dropDays, addJobs, takeDue] + daysForThoseWithRights
            ),
            SchemaChange(2, "views for people", views),
        ]
    }

    /// The version of the library that is needed at least to work with a schema to which the change was applied.
    static func earliestLibrary(for change: SchemaChange) -> Int { change.number == 2 ? 1 : change.number }

    /// The statements that apply a change, in the order of their execution.
    ///
    /// They are one transaction. A lock lets one process at a time make changes, and works behind PgBouncer.
    func statements(for change: SchemaChange) -> [String] {
        var statements = [lock]
        if change.number == 1 {
            statements += ["CREATE SCHEMA IF NOT EXISTS \(name)", versionTable]
        }
        let earliest = Self.earliestLibrary(for: change)
        return statements + change.statements + [
            "INSERT INTO \(name).schema_version (version, earliest_library) VALUES (\(change.number), \(earliest))"
        ]
    }

    /// Waits for the lock of the schema, which ends with the transaction.
    var lock: String { "SELECT pg_advisory_xact_lock(hashtext('FetchKit schema \(text)'))" }

    private var versionTable: String {
        """
        CREATE TABLE \(name).schema_version (
            version integer PRIMARY KEY,
            earliest_library integer NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """
    }

    /// Only those who were granted the right may call the functions that have the rights of the owner.
    private var daysForThoseWithRights: [String] {
        [
            "REVOKE EXECUTE ON FUNCTION \(name).prepare_days(timestamptz, integer) FROM PUBLIC",
            "REVOKE EXECUTE ON FUNCTION \(name).drop_days(timestamptz) FROM PUBLIC",
        ]
    }

    /// The statements that let a role use the tables, and neither change nor own them.
    func rights(of role: String) -> [String] {
        [
            "GRANT USAGE ON SCHEMA \(name) TO \(role)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \(name) TO \(role)",
            "REVOKE INSERT, UPDATE, DELETE ON \(name).schema_version FROM \(role)",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA \(name) TO \(role)",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA \(name) TO \(role)",
        ]
    }

    /// The clause of functions that create and drop partitions. They have the rights of the owner of the tables, so that
    /// others can call them. All names in them are qualified, and a caller's search path doesn't matter.
    private var asOwner: String { "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp" }

    /// Makes the partitions of outcomes from the day of a date to a number of days later.
    ///
    /// A partition is created for itself and then attached, so that others can still write to the partitions that there are.
    private var prepareDays: String {
        """
        CREATE FUNCTION \(name).prepare_days(at timestamptz, ahead integer) RETURNS void \(asOwner) AS $$
        DECLARE
            day date;
            part text;
        BEGIN
            FOR i IN 0..ahead LOOP
                day := (at AT TIME ZONE 'UTC')::date + i;
                part := 'outcome_' || to_char(day, 'YYYYMMDD');
                CONTINUE WHEN to_regclass(format('%I.%I', '\(text)', part)) IS NOT NULL;
                PERFORM pg_advisory_xact_lock(hashtext('FetchKit days \(text)'));
                CONTINUE WHEN to_regclass(format('%I.%I', '\(text)', part)) IS NOT NULL;
                EXECUTE format('CREATE TABLE %I.%I (LIKE %I.outcome INCLUDING ALL)', '\(text)', part, '\(text)');
                EXECUTE format(
                    'ALTER TABLE %I.outcome ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)', '\(text)',
                    '\(text)', part, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC'
                );
            END LOOP;
        END $$
        """
    }

    /// Drops the partitions of the days before a date of which each outcome is delivered, and returns their number.
    ///
    /// Of several calls at once, one does it. A call that waited for another one would find the same partitions, which
    /// don't exist any more.
    private var dropDays: String {
        """
        CREATE FUNCTION \(name).drop_days(before timestamptz) RETURNS integer \(asOwner) AS $$
        DECLARE
            part text;
            dropped integer := 0;
            first_day timestamptz;
        BEGIN
            IF NOT pg_try_advisory_xact_lock(hashtext('FetchKit days \(text)')) THEN RETURN 0; END IF;
            FOR part IN
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = '\(name).outcome'::regclass AND c.relname ~ '^outcome_[0-9]{8}$'
                    AND c.relname < 'outcome_' || to_char(before AT TIME ZONE 'UTC', 'YYYYMMDD')
                ORDER BY c.relname
            LOOP
                first_day := to_date(right(part, 8), 'YYYYMMDD')::timestamp AT TIME ZONE 'UTC';
                CONTINUE WHEN EXISTS (
                    SELECT FROM \(name).delivery d
                    WHERE d.ended_at >= first_day AND d.ended_at < first_day + interval '1 day'
                );
                EXECUTE format('DROP TABLE IF EXISTS %I.%I', '\(text)', part);
                dropped := dropped + 1;
            END LOOP;
            RETURN dropped;
        END $$
        """
    }
}
