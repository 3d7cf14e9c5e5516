-- What each organization asked of the installation by the hour, kept for thirty-one days: a day by the minute is 1,440 rows of each.

CREATE TABLE "organization_load_hours" (
    "organization_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "requests" BIGINT NOT NULL DEFAULT 0,
    "refused" BIGINT NOT NULL DEFAULT 0,
    "statement_ms" BIGINT NOT NULL DEFAULT 0,
    "exported_rows" BIGINT NOT NULL DEFAULT 0,
    "busiest_minute" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "organization_load_hours_pkey" PRIMARY KEY ("organization_id","hour")
);

-- CreateIndex
CREATE INDEX "organization_load_hours_hour_idx" ON "organization_load_hours"("hour");

CALL kernel.protect_global_table('organization_load_hours', 'local', '{}');
CREATE POLICY directory ON organization_load_hours FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON organization_load_hours TO app_directory;

-- The hours of the last two days, which are known by the minute.
SET LOCAL row_security = on;
SET LOCAL ROLE app_directory;
INSERT INTO organization_load_hours (organization_id, hour, requests, refused, statement_ms, exported_rows, busiest_minute)
SELECT organization_id, date_trunc('hour', minute), sum(requests), sum(refused), sum(statement_ms), sum(exported_rows), max(requests) FROM organization_load GROUP BY 1, 2;
SET LOCAL ROLE app_owner;

DROP FUNCTION kernel.add_load(jsonb, timestamptz);
CREATE FUNCTION kernel.add_load(counted jsonb, at timestamptz)
RETURNS TABLE (organization_id uuid, requests bigint, statement_ms bigint, exported_rows bigint, requests_max int, statement_seconds_max int, exported_rows_max int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  -- In one order for all processes, so that two at once wait for each other and never in a circle.
  WITH told AS (
    SELECT c.organization_id, c.requests, c.refused, c.statement_ms, coalesce(c.job_ms, 0) AS job_ms, c.exported_rows
      FROM jsonb_to_recordset(counted) c(organization_id uuid, requests int, refused int, statement_ms bigint, job_ms bigint, exported_rows int) ORDER BY c.organization_id
  ), by_minute AS (
    INSERT INTO public.organization_load AS l (organization_id, minute, requests, refused, statement_ms, job_ms, exported_rows)
    SELECT t.organization_id, date_trunc('minute', at), t.requests, t.refused, t.statement_ms, t.job_ms, t.exported_rows FROM told t ORDER BY t.organization_id
    ON CONFLICT (organization_id, minute) DO UPDATE SET requests = l.requests + EXCLUDED.requests, refused = l.refused + EXCLUDED.refused,
      statement_ms = l.statement_ms + EXCLUDED.statement_ms, job_ms = l.job_ms + EXCLUDED.job_ms, exported_rows = l.exported_rows + EXCLUDED.exported_rows
    RETURNING l.organization_id, l.requests
  )
  INSERT INTO public.organization_load_hours AS h (organization_id, hour, requests, refused, statement_ms, exported_rows, busiest_minute)
  SELECT t.organization_id, date_trunc('hour', at), t.requests, t.refused, t.statement_ms, t.exported_rows, m.requests FROM told t JOIN by_minute m ON m.organization_id = t.organization_id ORDER BY t.organization_id
  ON CONFLICT (organization_id, hour) DO UPDATE SET requests = h.requests + EXCLUDED.requests, refused = h.refused + EXCLUDED.refused,
    statement_ms = h.statement_ms + EXCLUDED.statement_ms, exported_rows = h.exported_rows + EXCLUDED.exported_rows, busiest_minute = greatest(h.busiest_minute, EXCLUDED.busiest_minute);
  RETURN QUERY
  SELECT o.id, coalesce(m.requests, 0)::bigint, coalesce(m.statement_ms - m.job_ms, 0)::bigint,
      (SELECT coalesce(sum(h.exported_rows), 0) FROM public.organization_load h WHERE h.organization_id = o.id AND h.minute > at - interval '1 hour')::bigint,
      CASE WHEN r.id IS NOT NULL THEN r.value ELSE p.requests_per_minute END, CASE WHEN s.id IS NOT NULL THEN s.value ELSE p.statement_seconds_per_minute END, CASE WHEN x.id IS NOT NULL THEN x.value ELSE p.exported_rows_per_hour END
    FROM jsonb_to_recordset(counted) c(organization_id uuid) JOIN public.organizations o ON o.id = c.organization_id
    JOIN public.plans p ON p.key = kernel.plan_of(o.id, at)
    LEFT JOIN public.organization_load m ON m.organization_id = o.id AND m.minute = date_trunc('minute', at)
    LEFT JOIN public.organization_limits r ON r.tenant_id = o.id AND r.key = 'requests_per_minute'
    LEFT JOIN public.organization_limits s ON s.tenant_id = o.id AND s.key = 'statement_seconds_per_minute'
    LEFT JOIN public.organization_limits x ON x.tenant_id = o.id AND x.key = 'exported_rows_per_hour';
END $$;

-- Up to three hours by the minute, longer times by the hour, of which the first counts whole.
DROP FUNCTION kernel.busiest(bytea, timestamptz, int, bigint, uuid, int);
CREATE FUNCTION kernel.busiest(session_hash bytea, at timestamptz, minutes int, after_ms bigint, after_id uuid, how_many int)
RETURNS TABLE (organization_id uuid, organization text, slug text, plan text, requests bigint, refused bigint, statement_ms bigint, exported_rows bigint, busiest_minute bigint, requests_max int, all_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN; END IF;
  RETURN QUERY
  WITH counted AS (
    SELECT l.organization_id AS id, l.requests::bigint, l.refused::bigint, l.statement_ms, l.exported_rows::bigint, l.requests AS busiest
      FROM public.organization_load l WHERE minutes <= 180 AND l.minute > at - make_interval(mins => minutes)
    UNION ALL SELECT h.organization_id, h.requests, h.refused, h.statement_ms, h.exported_rows, h.busiest_minute
      FROM public.organization_load_hours h WHERE minutes > 180 AND h.hour > at - make_interval(mins => minutes) - interval '1 hour'
  ), load AS MATERIALIZED (
    SELECT c.id, sum(c.requests)::bigint AS requests, sum(c.refused)::bigint AS refused, sum(c.statement_ms)::bigint AS statement_ms, sum(c.exported_rows)::bigint AS exported_rows, max(c.busiest)::bigint AS busiest FROM counted c GROUP BY c.id
  ), page AS (
    -- What was erased since is counted among all, and listed no more.
    SELECT v.* FROM load v WHERE EXISTS (SELECT FROM public.organizations g WHERE g.id = v.id) AND (after_id IS NULL OR v.statement_ms < after_ms OR v.statement_ms = after_ms AND v.id > after_id)
     ORDER BY v.statement_ms DESC, v.id LIMIT how_many
  )
  SELECT o.id, o.name, o.slug, o.plan_key, v.requests, v.refused, v.statement_ms, v.exported_rows, v.busiest, kernel.limit_of(o.id, 'requests_per_minute', at), (SELECT sum(w.statement_ms)::bigint FROM load w)
    FROM page v JOIN public.organizations o ON o.id = v.id ORDER BY v.statement_ms DESC, v.id;
END $$;

CREATE FUNCTION kernel.sweep_load_hours(at timestamptz, how_many int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH old AS (SELECT l.organization_id, l.hour FROM public.organization_load_hours l WHERE l.hour < at - interval '31 days' ORDER BY l.hour LIMIT how_many FOR UPDATE SKIP LOCKED),
    gone AS (DELETE FROM public.organization_load_hours l USING old o WHERE l.organization_id = o.organization_id AND l.hour = o.hour RETURNING 1)
  SELECT count(*) FROM gone
$$;

CALL kernel.give_function('kernel.add_load(jsonb, timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.busiest(bytea, timestamptz, int, bigint, uuid, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.sweep_load_hours(timestamptz, int)', 'app_directory', '{app_platform}');
