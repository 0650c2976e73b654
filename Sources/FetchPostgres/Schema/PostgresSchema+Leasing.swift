extension PostgresSchema {
    /// Leases due jobs to a worker, to the tenants in equal parts, in several rounds: a part that a tenant doesn't need
    /// is for the others. The queues are the endpoints, accounts and tenants with available jobs; the first entry of
    /// each is found by one step in the index.
    ///
    /// Jobs with deaths have queues of their own. At most half of the jobs come from those, as long as the others have
    /// due ones. Entries before the date `since` are left out, which is for calls that know that there are none.
    ///
    /// The queues are a circle. A call begins after the last one that the call before it has looked at, and ends when it
    /// has found a due queue for each job, or has looked at 10,000 queues. So a lease takes a tenth of a second at most,
    /// and each queue has its turn. `positions` has the endpoint, account and tenant of the last queue twice: of the jobs
    /// without deaths, and of those with some. The setting `fetchkit.positions` of the transaction has those for the next
    /// call, and `fetchkit.is_complete` says whether the circle of each was closed.
    var takeDue: String {
        """
        CREATE FUNCTION \(name).take_due(
            me bigint, at timestamptz, since timestamptz, of_provider text, endpoints text[], excluded text[],
            most integer, most_after_deaths integer, positions text[]
        ) RETURNS SETOF \(name).job LANGUAGE plpgsql AS $$
        DECLARE
            rest integer := most;
            rest_after_deaths integer := least(most_after_deaths, most);
            part integer;
            got integer;
            suspect smallint;
            last_queue text[];
            steps integer;
            is_closed boolean;
            closed boolean[] := '{true,true}';
            key record;
            this_endpoint text;
            from_account text;
            from_tenant text;
            -- No account and no tenant comes after it.
            beyond text := repeat(chr(1114111), 65);
            due_endpoints text[];
            due_accounts text[];
            due_tenants text[];
            due_dates timestamptz[];
        BEGIN
            -- Ordered against the end of the worker: until this is committed, its row isn't removed.
            PERFORM FROM \(name).worker w WHERE w.id = me AND w.state = 0 AND w.expires_at > at FOR KEY SHARE;
            IF NOT FOUND THEN RETURN; END IF;
            excluded := excluded || ARRAY(
                SELECT p.account FROM \(name).pause p
                WHERE p.provider = of_provider AND (p.ends_at IS NULL OR p.ends_at > at)
            );
            FOR phase IN 1..3 LOOP
                suspect := (phase <> 2)::integer;
                part := CASE phase WHEN 1 THEN least(rest_after_deaths, (most + 1) / 2) WHEN 2 THEN rest
                    ELSE least(rest_after_deaths, rest) END;
                last_queue := positions[suspect * 3 + 1:suspect * 3 + 3];
                steps := 0;
                LOOP
                    EXIT WHEN part <= 0;
        \(findQueues)
                    FOR round IN 1..40 LOOP
                        EXIT WHEN part <= 0 OR cardinality(due_tenants) = 0;
                        RETURN QUERY
        \(takeRound)
                        GET DIAGNOSTICS got = ROW_COUNT;
                        EXIT WHEN got = 0;
                        part := part - got;
                        rest := rest - got;
                        rest_after_deaths := rest_after_deaths - got * suspect;
                    END LOOP;
                    closed[suspect + 1] := is_closed;
                    EXIT WHEN is_closed OR steps >= 10000;
                END LOOP;
                -- A call that has seen all queues served each of them, so that the next one may begin anywhere.
                positions[suspect * 3 + 1:suspect * 3 + 3] := CASE WHEN is_closed THEN '{NULL,NULL,NULL}' ELSE last_queue END;
            END LOOP;
            PERFORM set_config('fetchkit.positions', positions::text, true),
                set_config('fetchkit.is_complete', (closed[1] AND closed[2])::text, true);
        END $$
        """
    }

    /// Looks at the queues after the last one, and collects those with due jobs, at most `part`.
    ///
    /// All queues of an account that is excluded are passed in one step. No string comes between one and the same with
    /// the character U+0001 at its end, since the columns are compared by their bytes.
    private var findQueues: String {
        """
                    due_endpoints := '{}';
                    due_accounts := '{}';
                    due_tenants := '{}';
                    due_dates := '{}';
                    is_closed := true;
                    DECLARE
                        begin_queue text[] := last_queue;
                        first_endpoint integer := coalesce(array_position(endpoints, last_queue[1]), 1);
                        has_begin boolean := array_position(endpoints, last_queue[1]) IS NOT NULL;
                    BEGIN
                        <<circle>>
                        FOR lap IN 0..cardinality(endpoints) LOOP
                            EXIT WHEN lap = cardinality(endpoints) AND NOT has_begin;
                            this_endpoint := endpoints[(first_endpoint - 1 + lap) % cardinality(endpoints) + 1];
                            from_account := CASE WHEN lap = 0 AND has_begin THEN begin_queue[2] ELSE '' END;
                            from_tenant := CASE WHEN lap = 0 AND has_begin THEN begin_queue[3] || E'\\x01' ELSE '' END;
                            FOR key IN
                                WITH RECURSIVE queue AS (
                                    (SELECT j.account, j.tenant, j.not_before FROM \(name).job j
                                    WHERE \(available) AND j.endpoint = this_endpoint
                                        AND (j.account, j.tenant) >= (from_account, from_tenant)
                                    ORDER BY j.account, j.tenant, j.not_before, j.id LIMIT 1)
                                    UNION ALL
                                    SELECT f.* FROM queue q, LATERAL (
                                        SELECT j.account, j.tenant, j.not_before FROM \(name).job j
                                        WHERE \(available) AND j.endpoint = this_endpoint AND (j.account, j.tenant)
                                            > (q.account, CASE WHEN q.account = ANY (excluded) THEN beyond ELSE q.tenant END)
                                        ORDER BY j.account, j.tenant, j.not_before, j.id LIMIT 1
                                    ) f
                                ) SELECT q.account, q.tenant, q.not_before FROM queue q
                            LOOP
                                EXIT WHEN lap = cardinality(endpoints)
                                    AND (key.account COLLATE "C", key.tenant COLLATE "C")
                                        > (begin_queue[2], begin_queue[3]);
                                last_queue := ARRAY[this_endpoint, key.account, key.tenant];
                                steps := steps + 1;
                                IF key.not_before <= at AND NOT key.account = ANY (excluded) THEN
                                    due_endpoints := due_endpoints || this_endpoint;
                                    due_accounts := due_accounts || key.account;
                                    due_tenants := due_tenants || key.tenant;
                                    due_dates := due_dates || key.not_before;
                                END IF;
                                IF steps >= 10000 OR cardinality(due_tenants) >= part THEN
                                    is_closed := false;
                                    EXIT circle;
                                END IF;
                            END LOOP;
                        END LOOP;
                    END;
        """
    }

    /// One round of leasing at most `part` jobs of the queues that were found.
    private var takeRound: String {
        """
                        WITH due AS (
                            SELECT k.endpoint, k.account, k.tenant, f.not_before,
                                count(*) OVER (PARTITION BY k.tenant) AS queues,
                                row_number() OVER (PARTITION BY k.tenant ORDER BY f.not_before) AS turn,
                                dense_rank() OVER (ORDER BY k.tenant) AS number
                            FROM unnest(due_endpoints, due_accounts, due_tenants, due_dates)
                                k(endpoint, account, tenant, not_before), LATERAL (
                                    SELECT k.not_before WHERE round = 1
                                    UNION ALL
                                    (SELECT j.not_before FROM \(name).job j
                                    WHERE round > 1 AND \(available) AND j.endpoint = k.endpoint
                                        AND j.account = k.account AND j.tenant = k.tenant AND j.not_before <= at
                                    ORDER BY j.not_before, j.id LIMIT 1)
                                ) f
                        ), share AS MATERIALIZED (
                            SELECT d.*, greatest(part / (max(d.number) OVER () * d.queues), 1) AS jobs FROM due d
                            ORDER BY d.turn, d.not_before
                        ), taken AS MATERIALIZED (
                            SELECT t.id FROM share s, LATERAL (
                                SELECT j.id FROM \(name).job j
                                WHERE \(available) AND j.endpoint = s.endpoint AND j.account = s.account
                                    AND j.tenant = s.tenant AND j.not_before <= at
                                ORDER BY j.not_before, j.id LIMIT s.jobs FOR UPDATE SKIP LOCKED
                            ) t LIMIT part
                        )
                        UPDATE \(name).job j SET lease = me FROM taken WHERE j.id = taken.id RETURNING j.*;
        """
    }

    /// The condition of the index `job_due`.
    private var available: String {
        "least(j.deaths, 1::smallint) = suspect AND j.lease IS NULL AND j.parked IS NULL AND j.not_before >= since"
    }
}
