-- CreateTable
CREATE TABLE "jobs" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "requested_by" UUID NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "state" JSONB NOT NULL DEFAULT '{}',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "result" JSONB,
    "error" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "run_after" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "locked_until" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "jobs_tenant_id_status_run_after_id_idx" ON "jobs"("tenant_id", "status", "run_after", "id");

-- CreateIndex
CREATE INDEX "jobs_tenant_id_requested_by_id_idx" ON "jobs"("tenant_id", "requested_by", "id");

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_tenant_id_requested_by_fkey" FOREIGN KEY ("tenant_id", "requested_by") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE jobs
  ADD CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  ADD CHECK (kind ~ '^[a-z_]{1,40}$'),
  ADD CHECK (done >= 0 AND total >= 0),
  ADD CHECK (char_length(error) <= 400),
  ADD CHECK ((finished_at IS NULL) = (status IN ('queued', 'running')));
-- What is due anywhere: asked once a second before an organization is known.
CREATE INDEX jobs_due_idx ON jobs (run_after, id) WHERE status IN ('queued', 'running');

-- Everybody has jobs of their own: a viewer too may take an export with them.
CALL kernel.protect_table('jobs', 'personal', person_column => 'requested_by', write_roles => '{owner,admin,manager,member,field,viewer}', commands => '{select,insert,update}');

-- ---------------------------------------------------------------------------------------------------------------
-- The runner learns that a job is due and whose it is, never what it is about: it reads that as the requester.

CREATE POLICY directory ON jobs FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT (tenant_id, id, requested_by, status, run_after, locked_until, finished_at, attempts, failures) ON jobs TO app_directory;
GRANT UPDATE (status, locked_until, attempts, failures, error, finished_at, updated_at) ON jobs TO app_directory;
GRANT DELETE ON jobs TO app_directory;

-- One job of a person at a time, and first those of whom the fewest run in their organization: nobody's hundred imports keep
-- another's export waiting. A running job whose lease is over belonged to a process that is gone.
CREATE FUNCTION kernel.take_jobs(at timestamptz, lease_seconds int, how_many int) RETURNS TABLE (tenant_id uuid, id uuid, requested_by uuid, attempt int, failures int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  -- One taker after the other, for a moment: two at once would not see each other's, and begin two jobs of one person.
  PERFORM pg_advisory_xact_lock(hashtextextended('kernel.take_jobs', 0));
  RETURN QUERY
  UPDATE public.jobs j SET status = 'running', locked_until = at + make_interval(secs => lease_seconds), attempts = j.attempts + 1, failures = j.failures + 1, updated_at = at
   WHERE (j.tenant_id, j.id) IN (
     SELECT q.tenant_id, q.id FROM public.jobs q
      WHERE q.status IN ('queued', 'running') AND q.run_after <= at AND (q.locked_until IS NULL OR q.locked_until <= at)
        AND NOT EXISTS (SELECT FROM public.jobs r WHERE r.tenant_id = q.tenant_id AND r.requested_by = q.requested_by AND r.status = 'running' AND r.locked_until > at)
      ORDER BY (SELECT count(*) FROM public.jobs r WHERE r.tenant_id = q.tenant_id AND r.status = 'running' AND r.locked_until > at), q.run_after, q.id
      LIMIT how_many FOR UPDATE SKIP LOCKED)
  RETURNING j.tenant_id, j.id, j.requested_by, j.attempts, j.failures;
END $$;
CALL kernel.give_function('kernel.take_jobs(timestamptz, int, int)', 'app_directory', '{app_platform}');

-- Ends a job in whose name nobody may act any more. Only whoever holds it: the number of the taking must be the last.
CREATE FUNCTION kernel.fail_job(tenant uuid, job uuid, attempt int, why text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE public.jobs j SET status = 'failed', error = why, locked_until = NULL, finished_at = at, updated_at = at
   WHERE j.tenant_id = tenant AND j.id = job AND j.attempts = attempt AND j.status = 'running';
  RETURN FOUND;
END $$;
CALL kernel.give_function('kernel.fail_job(uuid, uuid, int, text, timestamptz)', 'app_directory', '{app_platform}');

-- Jobs that ended a month ago.
CREATE FUNCTION kernel.sweep_jobs(at timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH gone AS (DELETE FROM public.jobs j WHERE j.finished_at < at - interval '30 days' RETURNING 1) SELECT count(*) FROM gone
$$;
CALL kernel.give_function('kernel.sweep_jobs(timestamptz)', 'app_directory', '{app_platform}');

-- The limits of the role are for requests. A chunk of a job may take longer, in its own transaction; limits it has all the same.
CREATE FUNCTION kernel.take_time(seconds int) RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
  IF seconds NOT BETWEEN 1 AND 300 THEN
    RAISE EXCEPTION 'a transaction takes 1 to 300 seconds' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- What only reads may go on; what writes has its events in the open no longer than they wait for their seal.
  IF current_setting('transaction_read_only') = 'off' AND EXISTS (SELECT FROM pg_catalog.pg_settings s WHERE s.name = 'statement_timeout' AND s.setting <> s.reset_val) THEN
    RAISE EXCEPTION 'a transaction that may write takes its time once' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('SET LOCAL statement_timeout = %L', seconds || 's');
  IF current_setting('server_version_num')::int >= 170000 THEN
    -- The clock that runs already is set again only after it was stopped.
    SET LOCAL transaction_timeout = 0;
    EXECUTE format('SET LOCAL transaction_timeout = %L', seconds || 's');
  END IF;
END $$;
REVOKE ALL ON FUNCTION kernel.take_time(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.take_time(int) TO app_tenant;
