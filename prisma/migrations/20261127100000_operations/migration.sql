-- What those who run the installation see of its running: probes, jobs, load, storage, backups. Counters and names, never content.

-- AlterTable
ALTER TABLE "plans" ADD COLUMN     "exported_rows_per_hour" INTEGER,
ADD COLUMN     "requests_per_minute" INTEGER,
ADD COLUMN     "statement_seconds_per_minute" INTEGER;

-- CreateTable
CREATE TABLE "organization_load" (
    "organization_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "statement_ms" BIGINT NOT NULL DEFAULT 0,
    "exported_rows" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "organization_load_pkey" PRIMARY KEY ("organization_id","minute")
);

-- CreateTable
CREATE TABLE "backup_runs" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "success" BOOLEAN NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "backup_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "organization_load_minute_idx" ON "organization_load"("minute");

-- CreateIndex
CREATE INDEX "backup_runs_kind_finished_at_idx" ON "backup_runs"("kind", "finished_at");

ALTER TABLE plans ADD CHECK (requests_per_minute > 0), ADD CHECK (statement_seconds_per_minute > 0), ADD CHECK (exported_rows_per_hour > 0);
ALTER TABLE organization_load ADD CHECK (requests >= 0 AND refused >= 0 AND statement_ms >= 0 AND exported_rows >= 0);
ALTER TABLE backup_runs ADD CHECK (kind IN ('backup', 'drill')), ADD CHECK (char_length(note) <= 500), ADD CHECK (finished_at >= started_at);
ALTER TABLE organization_limits DROP CONSTRAINT organization_limits_key_check,
  ADD CONSTRAINT organization_limits_key_check CHECK (key IN ('members', 'projects', 'storage_mb', 'api_calls', 'requests_per_minute', 'statement_seconds_per_minute', 'exported_rows_per_hour'));
UPDATE plans SET requests_per_minute = v.requests, statement_seconds_per_minute = v.seconds, exported_rows_per_hour = v.rows
  FROM (VALUES ('free', 1200, 60, 50000), ('basic', 3000, 120, 200000), ('professional', 12000, 300, 2000000), ('enterprise', 60000, 1200, 20000000)) v(key, requests, seconds, rows) WHERE plans.key = v.key;

CALL kernel.protect_global_table('organization_load', 'local', '{}');
CALL kernel.protect_global_table('backup_runs', 'local', '{}');
CREATE POLICY directory ON organization_load FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON backup_runs FOR SELECT TO app_directory USING (true);
-- Written by the command that takes backups, under the set-up connection.
CREATE POLICY for_set_up ON backup_runs FOR ALL TO app_owner USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON organization_load TO app_directory;
GRANT SELECT ON backup_runs TO app_directory;
GRANT SELECT (kind, error, done, total, created_at), UPDATE (run_after) ON jobs TO app_directory;
GRANT SELECT (migration_name, finished_at, rolled_back_at) ON _prisma_migrations TO app_directory;

-- ---------------------------------------------------------------------------------------------------------------
-- What a process asks for itself.

CREATE FUNCTION kernel.applied_migrations() RETURNS TABLE (name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT m.migration_name::text FROM public._prisma_migrations m WHERE m.finished_at IS NOT NULL AND m.rolled_back_at IS NULL $$;

CREATE FUNCTION kernel.job_counts(at timestamptz) RETURNS TABLE (kind text, status text, count bigint, oldest_seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT j.kind, j.status, count(*), coalesce(max(extract(epoch FROM at - j.run_after)) FILTER (WHERE j.status = 'queued' AND j.run_after <= at), 0)::double precision
    FROM public.jobs j WHERE j.status IN ('queued', 'running') OR j.finished_at > at - interval '1 hour' GROUP BY j.kind, j.status
$$;

-- Adds what one process has counted since it last said so, and answers where each of these organizations stands in this minute and
-- hour, over all processes, and what it may.
CREATE FUNCTION kernel.add_load(counted jsonb, at timestamptz)
RETURNS TABLE (organization_id uuid, requests bigint, statement_ms bigint, exported_rows bigint, requests_max int, statement_seconds_max int, exported_rows_max int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  -- In one order for all processes, so that two at once wait for each other and never in a circle.
  INSERT INTO public.organization_load AS l (organization_id, minute, requests, refused, statement_ms, exported_rows)
  SELECT c.organization_id, date_trunc('minute', at), c.requests, c.refused, c.statement_ms, c.exported_rows
    FROM jsonb_to_recordset(counted) c(organization_id uuid, requests int, refused int, statement_ms bigint, exported_rows int) ORDER BY c.organization_id
  ON CONFLICT (organization_id, minute) DO UPDATE SET requests = l.requests + EXCLUDED.requests, refused = l.refused + EXCLUDED.refused,
    statement_ms = l.statement_ms + EXCLUDED.statement_ms, exported_rows = l.exported_rows + EXCLUDED.exported_rows;
  RETURN QUERY
  SELECT o.id, coalesce(m.requests, 0)::bigint, coalesce(m.statement_ms, 0)::bigint,
      (SELECT coalesce(sum(h.exported_rows), 0) FROM public.organization_load h WHERE h.organization_id = o.id AND h.minute > at - interval '1 hour')::bigint,
      CASE WHEN r.id IS NOT NULL THEN r.value ELSE p.requests_per_minute END, CASE WHEN s.id IS NOT NULL THEN s.value ELSE p.statement_seconds_per_minute END, CASE WHEN x.id IS NOT NULL THEN x.value ELSE p.exported_rows_per_hour END
    FROM jsonb_to_recordset(counted) c(organization_id uuid) JOIN public.organizations o ON o.id = c.organization_id
    JOIN public.plans p ON p.key = kernel.plan_of(o.id, at)
    LEFT JOIN public.organization_load m ON m.organization_id = o.id AND m.minute = date_trunc('minute', at)
    LEFT JOIN public.organization_limits r ON r.tenant_id = o.id AND r.key = 'requests_per_minute'
    LEFT JOIN public.organization_limits s ON s.tenant_id = o.id AND s.key = 'statement_seconds_per_minute'
    LEFT JOIN public.organization_limits x ON x.tenant_id = o.id AND x.key = 'exported_rows_per_hour';
END $$;

CREATE FUNCTION kernel.sweep_load(at timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ WITH gone AS (DELETE FROM public.organization_load l WHERE l.minute < at - interval '48 hours' RETURNING 1) SELECT count(*) FROM gone $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What the console asks for a super-admin: nothing for anybody else.

-- Why a job has failed, without its sentence, which may name what it was about.
CREATE FUNCTION kernel.error_class(status text, error text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN error IS NULL OR status <> 'failed' THEN NULL WHEN error LIKE 'Something went wrong on our side%' THEN 'fault' WHEN error LIKE 'You are not an active member%' THEN 'requester_out'
    WHEN error LIKE 'This was tried several times%' THEN 'no_progress' WHEN error LIKE 'This release does not know%' THEN 'unknown_kind' ELSE 'refused' END
$$;

CREATE FUNCTION kernel.all_jobs(session_hash bytea, at timestamptz, wished_status text, wished_kind text, before uuid, how_many int)
RETURNS TABLE (organization_id uuid, organization text, slug text, id uuid, kind text, status text, attempts int, done int, total int, error_class text, created_at timestamptz, finished_at timestamptz, run_after timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.name, o.slug, j.id, j.kind, j.status, j.attempts, j.done, j.total, kernel.error_class(j.status, j.error), j.created_at, j.finished_at, j.run_after
    FROM kernel.super_admin_of(session_hash, at) a, public.jobs j JOIN public.organizations o ON o.id = j.tenant_id
   WHERE (wished_status IS NULL OR j.status = wished_status) AND (wished_kind IS NULL OR j.kind = wished_kind) AND (before IS NULL OR j.id < before)
   ORDER BY j.id DESC LIMIT how_many
$$;

-- `retry`: one that has failed begins again where its last step ended. `cancel`: one that waits or runs; what it has done stays.
CREATE FUNCTION kernel.steer_job(session_hash bytea, at timestamptz, tenant uuid, job uuid, wished text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  it    record;
  event uuid := gen_random_uuid();
  what  text := CASE wished WHEN 'retry' THEN 'job.retried' WHEN 'cancel' THEN 'job.cancelled' END;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND OR what IS NULL THEN RETURN 'not_allowed'; END IF;
  SELECT j.kind, j.status INTO it FROM public.jobs j WHERE j.tenant_id = tenant AND j.id = job FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF wished = 'retry' AND it.status <> 'failed' OR wished = 'cancel' AND it.status NOT IN ('queued', 'running') THEN RETURN 'over'; END IF;
  IF wished = 'retry' THEN
    UPDATE public.jobs j SET status = 'queued', failures = 0, error = NULL, finished_at = NULL, locked_until = NULL, run_after = at, updated_at = at WHERE j.tenant_id = tenant AND j.id = job;
  ELSE
    UPDATE public.jobs j SET status = 'cancelled', locked_until = NULL, finished_at = at, updated_at = at WHERE j.tenant_id = tenant AND j.id = job;
  END IF;
  INSERT INTO public.platform_audit_events (id, user_id, action, subject, success, reason, at) VALUES (gen_random_uuid(), admin.user_id, what, job::text, true, it.kind, at);
  INSERT INTO public.audit_events (tenant_id, id, actor_kind, action, entity_kind, entity_id, at) VALUES (tenant, event, 'system', what, 'job', job, at);
  INSERT INTO public.audit_details (tenant_id, id, event_id, label, changes) VALUES (tenant, gen_random_uuid(), event, it.kind, jsonb_build_object('support', jsonb_build_array(NULL, admin.name)));
  RETURN 'done';
END $$;

-- The busiest first, by time in the database.
CREATE FUNCTION kernel.busiest(session_hash bytea, at timestamptz, minutes int, how_many int)
RETURNS TABLE (organization_id uuid, organization text, slug text, plan text, requests bigint, refused bigint, statement_ms bigint, exported_rows bigint, busiest_minute bigint, requests_max int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.name, o.slug, o.plan_key, sum(l.requests), sum(l.refused), sum(l.statement_ms)::bigint, sum(l.exported_rows), max(l.requests)::bigint, (SELECT CASE WHEN m.id IS NOT NULL THEN m.value ELSE p.requests_per_minute END
      FROM public.plans p LEFT JOIN public.organization_limits m ON m.tenant_id = o.id AND m.key = 'requests_per_minute' WHERE p.key = kernel.plan_of(o.id, at))
    FROM kernel.super_admin_of(session_hash, at) a, public.organization_load l JOIN public.organizations o ON o.id = l.organization_id
   WHERE l.minute > at - make_interval(mins => minutes) GROUP BY o.id, o.name, o.slug, o.plan_key ORDER BY sum(l.statement_ms) DESC, o.id LIMIT how_many
$$;

CREATE FUNCTION kernel.storage_of_all(session_hash bytea, at timestamptz, how_many int)
RETURNS TABLE (organization_id uuid, organization text, slug text, files bigint, size_bytes bigint, most_mb int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.name, o.slug, sum(f.files)::bigint, sum(f.size_bytes)::bigint, kernel.limit_of(o.id, 'storage_mb', at)
    FROM kernel.super_admin_of(session_hash, at) a, public.organizations o JOIN LATERAL (
      SELECT count(*) AS files, coalesce(sum(t.size_bytes), 0) AS size_bytes FROM public.attachments t WHERE t.tenant_id = o.id
      UNION ALL SELECT count(*), coalesce(sum(e.size_bytes), 0) FROM public.exports e WHERE e.tenant_id = o.id
      UNION ALL SELECT count(*), coalesce(sum(b.size_bytes), 0) FROM public.import_batches b WHERE b.tenant_id = o.id) f ON true
   GROUP BY o.id, o.name, o.slug ORDER BY sum(f.size_bytes) DESC, o.id LIMIT how_many
$$;

CREATE FUNCTION kernel.last_backups(session_hash bytea, at timestamptz)
RETURNS TABLE (kind text, success boolean, finished_at timestamptz, seconds double precision, size_bytes bigint, note text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT DISTINCT ON (b.kind, b.success) b.kind, b.success, b.finished_at, extract(epoch FROM b.finished_at - b.started_at)::double precision, b.size_bytes, b.note
    FROM kernel.super_admin_of(session_hash, at) a, public.backup_runs b ORDER BY b.kind, b.success, b.finished_at DESC
$$;

REVOKE ALL ON FUNCTION kernel.error_class(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.error_class(text, text) TO app_directory;
CALL kernel.give_function('kernel.applied_migrations()', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.job_counts(timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.add_load(jsonb, timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.sweep_load(timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.all_jobs(bytea, timestamptz, text, text, uuid, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.steer_job(bytea, timestamptz, uuid, uuid, text)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.busiest(bytea, timestamptz, int, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.storage_of_all(bytea, timestamptz, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.last_backups(bytea, timestamptz)', 'app_directory', '{app_platform}');
