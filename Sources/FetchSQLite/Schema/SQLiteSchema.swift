import FetchJobs

/// The tables, indexes and views of the store. Their names begin with `fetchkit_`, so that an application can have
/// tables of its own in the file.
///
/// Dates are microseconds since 1970. A released change is never changed. A new one must leave the tables so that the
/// version before it can go on working, since its processes do while those of a new version start.
enum SQLiteSchema {
    static let changes = [SchemaChange(1, "tables, indexes and views of jobs", tables + indexes + SQLiteViews.all)]

    private static let jobColumns = """
        tenant TEXT NOT NULL,
        account TEXT NOT NULL,
        endpoint TEXT NOT NULL,
        reference TEXT NOT NULL,
        submitted REAL,
        eta_seconds INTEGER,
        eta_attoseconds INTEGER,
        limit_seconds INTEGER NOT NULL,
        limit_attoseconds INTEGER NOT NULL,
        counts_from_submission INTEGER NOT NULL,
        note TEXT
        """

    private static let tables = [
        // One row: the numbers that were given last, the sizes of two tables, and the latest date of a write.
        """
        CREATE TABLE fetchkit_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        last_job INTEGER NOT NULL,
        last_worker INTEGER NOT NULL,
        waiting INTEGER NOT NULL,
        undelivered INTEGER NOT NULL,
        latest_at INTEGER NOT NULL
        )
        """,
        "INSERT INTO fetchkit_state VALUES (1, 0, 0, 0, 0, 0)",
        // `state` is 0 for a worker, 1 for one that leaves, 2 for a dead one, and 3 for a removed one. The row of a dead
        // or removed worker stays until its leases have ended.
        """
        CREATE TABLE fetchkit_worker (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        state INTEGER NOT NULL,
        may_renew INTEGER NOT NULL,
        registered_at INTEGER NOT NULL,
        renewed_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        report TEXT NOT NULL
        )
        """,
        // A row is inserted once, leased once or twice, and deleted once. Empty bytes in `tenant` and `account` stand for
        // none. `submitted` is in seconds since 2001, which is exact.
        """
        CREATE TABLE fetchkit_job (
        id INTEGER PRIMARY KEY,
        \(jobColumns),
        added_at INTEGER NOT NULL,
        deadline INTEGER NOT NULL,
        not_before INTEGER NOT NULL,
        last_request INTEGER,
        deaths INTEGER NOT NULL DEFAULT 0,
        parked TEXT,
        worker INTEGER
        )
        """,
        """
        CREATE TABLE fetchkit_outcome (
        id INTEGER PRIMARY KEY,
        \(jobColumns),
        ended_at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        worker INTEGER
        )
        """,
        "CREATE TABLE fetchkit_delivery (outcome INTEGER PRIMARY KEY, available_at INTEGER NOT NULL)",
        """
        CREATE TABLE fetchkit_acknowledgement (
        acknowledged_at INTEGER NOT NULL,
        outcome INTEGER NOT NULL,
        PRIMARY KEY (acknowledged_at, outcome)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE fetchkit_hint (
        worker INTEGER NOT NULL,
        job INTEGER NOT NULL,
        PRIMARY KEY (worker, job)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE fetchkit_pause (
        provider TEXT NOT NULL,
        account TEXT NOT NULL,
        ends_at INTEGER,
        reason TEXT NOT NULL,
        PRIMARY KEY (provider, account)
        ) WITHOUT ROWID
        """,
        "CREATE TABLE fetchkit_durations (endpoint TEXT PRIMARY KEY, durations TEXT NOT NULL) WITHOUT ROWID",
    ]

    private static let indexes = [
        "CREATE UNIQUE INDEX fetchkit_job_key ON fetchkit_job (tenant, reference)",
        """
        CREATE INDEX fetchkit_job_due ON fetchkit_job (endpoint, account, tenant, not_before)
        WHERE worker IS NULL AND parked IS NULL AND deaths = 0
        """,
        """
        CREATE INDEX fetchkit_job_due_after_deaths ON fetchkit_job (endpoint, account, tenant, not_before)
        WHERE worker IS NULL AND parked IS NULL AND deaths > 0
        """,
        "CREATE INDEX fetchkit_job_lease ON fetchkit_job (worker) WHERE worker IS NOT NULL",
        "CREATE INDEX fetchkit_job_parked ON fetchkit_job (id) WHERE parked IS NOT NULL",
        "CREATE INDEX fetchkit_job_deadline ON fetchkit_job (deadline)",
        "CREATE UNIQUE INDEX fetchkit_outcome_key ON fetchkit_outcome (tenant, reference)",
        "CREATE INDEX fetchkit_delivery_available ON fetchkit_delivery (available_at)",
    ]
}
