/// Views for people. They read the tables, so they take the longer the more jobs there are.
enum SQLiteViews {
    static let all = [waitingByAccount, workers, stuck]

    private static let now = "CAST(strftime('%s', 'now') AS INTEGER) * 1000000"

    private static func date(_ column: String) -> String { "datetime(\(column) / 1000000, 'unixepoch')" }

    private static let waitingByAccount = """
        CREATE VIEW fetchkit_waiting_by_account AS
        SELECT endpoint, nullif(account, x'') AS account, count(*) AS waiting, count(worker) AS leased,
        count(parked) AS parked,
        sum(worker IS NULL AND parked IS NULL AND not_before <= \(now)) AS due,
        \(date("min(added_at)")) AS oldest
        FROM fetchkit_job GROUP BY endpoint, account
        """

    private static let workers = """
        CREATE VIEW fetchkit_workers AS
        SELECT id, name, CASE state WHEN 0 THEN 'alive' WHEN 1 THEN 'leaving' WHEN 2 THEN 'dead' ELSE 'removed' END AS state,
        \(date("registered_at")) AS registered, \(date("renewed_at")) AS renewed, \(date("expires_at")) AS expires,
        (SELECT count(*) FROM fetchkit_job WHERE worker = fetchkit_worker.id AND worker IS NOT NULL) AS jobs
        FROM fetchkit_worker
        """

    private static let stuck = """
        CREATE VIEW fetchkit_stuck AS
        SELECT job.id, job.reference, nullif(job.tenant, x'') AS tenant, nullif(job.account, x'') AS account,
        CASE WHEN job.parked IS NOT NULL THEN 'parked: ' || job.parked
        WHEN job.deadline < \(now) THEN 'its deadline has passed'
        WHEN job.worker IS NOT NULL THEN 'the time of its worker is over'
        ELSE 'due for more than ten minutes, and no worker has leased it' END AS problem,
        \(date("job.added_at")) AS added, \(date("job.deadline")) AS deadline, job.deaths
        FROM fetchkit_job AS job LEFT JOIN fetchkit_worker AS worker ON worker.id = job.worker
        WHERE job.parked IS NOT NULL OR job.deadline < \(now)
        OR (job.worker IS NULL AND job.not_before < \(now) - 600000000)
        OR (job.worker IS NOT NULL AND coalesce(worker.expires_at, 0) < \(now))
        """
}
