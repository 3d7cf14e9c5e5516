-- Load and storage of all organizations go on page by page, each by adding up what there is once; old load goes in portions.

DROP FUNCTION kernel.busiest(bytea, timestamptz, int, int);
-- The busiest first, by time in the database. `all_ms`: of all organizations, not of these alone.
CREATE FUNCTION kernel.busiest(session_hash bytea, at timestamptz, minutes int, after_ms bigint, after_id uuid, how_many int)
RETURNS TABLE (organization_id uuid, organization text, slug text, plan text, requests bigint, refused bigint, statement_ms bigint, exported_rows bigint, busiest_minute bigint, requests_max int, all_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN; END IF;
  RETURN QUERY
  WITH load AS MATERIALIZED (
    SELECT l.organization_id AS id, sum(l.requests) AS requests, sum(l.refused) AS refused, sum(l.statement_ms)::bigint AS statement_ms, sum(l.exported_rows) AS exported_rows, max(l.requests)::bigint AS busiest
      FROM public.organization_load l WHERE l.minute > at - make_interval(mins => minutes) GROUP BY l.organization_id
  ), page AS (
    -- What was erased since is counted among all, and listed no more.
    SELECT v.* FROM load v WHERE EXISTS (SELECT FROM public.organizations g WHERE g.id = v.id) AND (after_id IS NULL OR v.statement_ms < after_ms OR v.statement_ms = after_ms AND v.id > after_id)
     ORDER BY v.statement_ms DESC, v.id LIMIT how_many
  )
  SELECT o.id, o.name, o.slug, o.plan_key, v.requests, v.refused, v.statement_ms, v.exported_rows, v.busiest, kernel.limit_of(o.id, 'requests_per_minute', at), (SELECT sum(w.statement_ms)::bigint FROM load w)
    FROM page v JOIN public.organizations o ON o.id = v.id ORDER BY v.statement_ms DESC, v.id;
END $$;

DROP FUNCTION kernel.storage_of_all(bytea, timestamptz, int);
CREATE FUNCTION kernel.storage_of_all(session_hash bytea, at timestamptz, after_bytes bigint, after_id uuid, how_many int)
RETURNS TABLE (organization_id uuid, organization text, slug text, files bigint, size_bytes bigint, most_mb int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN; END IF;
  RETURN QUERY
  WITH held AS (
    SELECT f.tenant_id AS id, count(*) AS files, sum(f.size_bytes)::bigint AS size_bytes FROM (
      SELECT t.tenant_id, t.size_bytes FROM public.attachments t UNION ALL SELECT e.tenant_id, e.size_bytes FROM public.exports e UNION ALL SELECT b.tenant_id, b.size_bytes FROM public.import_batches b) f GROUP BY f.tenant_id
  ), page AS (
    SELECT o.id, o.name, o.slug, coalesce(h.files, 0) AS files, coalesce(h.size_bytes, 0) AS size_bytes FROM public.organizations o LEFT JOIN held h ON h.id = o.id
     WHERE after_id IS NULL OR coalesce(h.size_bytes, 0) < after_bytes OR coalesce(h.size_bytes, 0) = after_bytes AND o.id > after_id
     ORDER BY coalesce(h.size_bytes, 0) DESC, o.id LIMIT how_many
  )
  SELECT p.id, p.name, p.slug, p.files, p.size_bytes, kernel.limit_of(p.id, 'storage_mb', at) FROM page p ORDER BY p.size_bytes DESC, p.id;
END $$;

-- What a plan gives by the minute and the hour, and what is used of it, is asked for as the rest is.
DROP FUNCTION kernel.limit_of(uuid, text, timestamptz);
CREATE FUNCTION kernel.limit_of(tenant uuid, limit_key text, at timestamptz) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN l.id IS NOT NULL THEN l.value ELSE CASE limit_key WHEN 'members' THEN p.members WHEN 'projects' THEN p.projects WHEN 'storage_mb' THEN p.storage_mb WHEN 'api_calls' THEN p.api_calls_per_hour
      WHEN 'requests_per_minute' THEN p.requests_per_minute WHEN 'statement_seconds_per_minute' THEN p.statement_seconds_per_minute WHEN 'exported_rows_per_hour' THEN p.exported_rows_per_hour END END
    FROM public.plans p LEFT JOIN public.organization_limits l ON l.tenant_id = tenant AND l.key = limit_key WHERE p.key = kernel.plan_of(tenant, at)
$$;

-- In portions that surely go within the time of one statement; of two at once neither waits for the other.
DROP FUNCTION kernel.sweep_load(timestamptz);
CREATE FUNCTION kernel.sweep_load(at timestamptz, how_many int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH old AS (SELECT l.organization_id, l.minute FROM public.organization_load l WHERE l.minute < at - interval '48 hours' ORDER BY l.minute LIMIT how_many FOR UPDATE SKIP LOCKED),
    gone AS (DELETE FROM public.organization_load l USING old o WHERE l.organization_id = o.organization_id AND l.minute = o.minute RETURNING 1)
  SELECT count(*) FROM gone
$$;

CALL kernel.give_function('kernel.busiest(bytea, timestamptz, int, bigint, uuid, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.storage_of_all(bytea, timestamptz, bigint, uuid, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.limit_of(uuid, text, timestamptz)', 'app_directory', '{}');
CALL kernel.give_function('kernel.sweep_load(timestamptz, int)', 'app_directory', '{app_platform}');
