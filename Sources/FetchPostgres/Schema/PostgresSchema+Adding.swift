extension PostgresSchema {
    /// Adds jobs, and returns for each the number 0 if it was added, 1 if it is waited for already, and 2 if it has
    /// ended.
    var addJobs: String {
        """
        CREATE FUNCTION \(name).add_jobs(
            at timestamptz, tenants text[], accounts text[], endpoints text[], refs text[],
            submissions double precision[], etas numeric[], limits numeric[], froms boolean[], notes text[]
        ) RETURNS TABLE (place bigint, state smallint, id bigint) LANGUAGE plpgsql AS $$
        DECLARE
            ids bigint[];
            inserted bigint[];
        BEGIN
            -- Numbers in the order of the jobs. Insertion in the order of the key, so that two calls never wait for
            -- each other in a circle.
            ids := ARRAY(SELECT nextval('\(name).job_id_seq') FROM generate_series(1, cardinality(refs)));
            WITH new AS (
                SELECT * FROM unnest(ids, tenants, accounts, endpoints, refs, submissions, etas, limits, froms, notes)
                    AS t(id, tenant, account, endpoint, ref, submission, eta, time_limit, from_submission, note)
            ), added AS (
                INSERT INTO \(name).job AS j (
                    id, tenant, account, endpoint, reference, submitted_at, eta, time_limit, limit_from_submission,
                    note, added_at, deadline, not_before
                )
                SELECT n.id, n.tenant, n.account, n.endpoint, n.ref, n.submission, n.eta, n.time_limit,
                    n.from_submission, n.note::json, at,
                    CASE WHEN n.from_submission AND n.submission IS NOT NULL
                        THEN least(to_timestamp(greatest(least(n.submission, 1e10), -1e10)), at) ELSE at END
                        + least(greatest(n.time_limit, 0.001), 3155760000) * interval '1 second',
                    at
                FROM new n ORDER BY n.tenant, n.ref, n.id
                ON CONFLICT DO NOTHING RETURNING j.id
            ) SELECT array_agg(a.id) INTO inserted FROM added a;
            -- A second statement sees what the insertion has waited for: the end of a job with the same key.
            DELETE FROM \(name).job j USING \(name).outcome o
                WHERE j.id = ANY (inserted) AND o.tenant = j.tenant AND o.reference = j.reference;
            RETURN QUERY
                SELECT n.place, CASE WHEN j.id IS NULL THEN 2 WHEN j.id = n.id THEN 0 ELSE 1 END::smallint,
                    coalesce(j.id, (
                        SELECT o.job FROM \(name).outcome o WHERE o.tenant = n.tenant AND o.reference = n.ref
                        ORDER BY o.ended_at DESC LIMIT 1
                    ))
                FROM unnest(ids, tenants, refs) WITH ORDINALITY AS n(id, tenant, ref, place)
                LEFT JOIN \(name).job j ON j.tenant = n.tenant AND j.reference = n.ref;
        END $$
        """
    }
}
