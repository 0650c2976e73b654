extension PostgresSchema {
    /// Change 2: views for people. None of them reads a whole table that can be large.
    var views: [String] {
        [
            // A sample of at most about a thousand pages. The factor is one for a small table.
            """
            CREATE VIEW \(name).waiting_by_account AS
            WITH page AS (
                SELECT greatest(pg_relation_size('\(name).job') / current_setting('block_size')::bigint, 1) AS total
            )
            SELECT j.endpoint, nullif(j.account, '') AS account,
                (count(*) * greatest(p.total / 1000.0, 1))::bigint AS jobs_estimate,
                (count(*) FILTER (WHERE j.lease IS NULL) * greatest(p.total / 1000.0, 1))::bigint AS without_worker_estimate,
                (count(*) FILTER (WHERE j.parked IS NOT NULL) * greatest(p.total / 1000.0, 1))::bigint AS parked_estimate,
                min(j.added_at) AS oldest
            FROM page p CROSS JOIN \(name).job j TABLESAMPLE SYSTEM ((
                SELECT least(100, 100000.0 * current_setting('block_size')::bigint
                    / greatest(pg_relation_size('\(name).job'), 1))
            ))
            GROUP BY j.endpoint, j.account, p.total
            """,
            """
            CREATE VIEW \(name).workers AS
            SELECT w.id, w.name, CASE w.state WHEN 0 THEN 'running' WHEN 1 THEN 'leaving' ELSE 'dead' END AS state,
                w.started_at, w.renewed_at, w.expires_at - statement_timestamp() AS time_left,
                (SELECT sum((a ->> 'jobs')::bigint) FROM json_array_elements(w.report -> 'jobs') a) AS jobs
            FROM \(name).worker w
            """,
            """
            CREATE VIEW \(name).stuck AS
            (SELECT j.id, j.reference, nullif(j.tenant, '') AS tenant, j.added_at, j.deaths, j.parked AS reason
            FROM \(name).job j WHERE j.parked IS NOT NULL ORDER BY j.id LIMIT 1000)
            UNION ALL
            (SELECT j.id, j.reference, nullif(j.tenant, ''), j.added_at, j.deaths,
                'its deadline has passed, and no worker has it'
            FROM \(name).job j
            WHERE j.lease IS NULL AND j.parked IS NULL AND j.deadline < statement_timestamp()
            ORDER BY j.deadline LIMIT 1000)
            """,
        ]
    }
}
