-- Time in the database that jobs take is counted for its organization, and keeps nobody there from working: jobs are bounded by
-- themselves (lib/jobs/runner).

-- AlterTable
ALTER TABLE "organization_load" ADD COLUMN     "job_ms" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE organization_load ADD CHECK (job_ms >= 0);

-- As before, and: `statement_ms` is answered without the time of jobs. A release that does not tell it apart counts it with the rest.
DROP FUNCTION kernel.add_load(jsonb, timestamptz);
CREATE FUNCTION kernel.add_load(counted jsonb, at timestamptz)
RETURNS TABLE (organization_id uuid, requests bigint, statement_ms bigint, exported_rows bigint, requests_max int, statement_seconds_max int, exported_rows_max int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  -- In one order for all processes, so that two at once wait for each other and never in a circle.
  INSERT INTO public.organization_load AS l (organization_id, minute, requests, refused, statement_ms, job_ms, exported_rows)
  SELECT c.organization_id, date_trunc('minute', at), c.requests, c.refused, c.statement_ms, coalesce(c.job_ms, 0), c.exported_rows
    FROM jsonb_to_recordset(counted) c(organization_id uuid, requests int, refused int, statement_ms bigint, job_ms bigint, exported_rows int) ORDER BY c.organization_id
  ON CONFLICT (organization_id, minute) DO UPDATE SET requests = l.requests + EXCLUDED.requests, refused = l.refused + EXCLUDED.refused,
    statement_ms = l.statement_ms + EXCLUDED.statement_ms, job_ms = l.job_ms + EXCLUDED.job_ms, exported_rows = l.exported_rows + EXCLUDED.exported_rows;
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

DROP FUNCTION kernel.usage_of(uuid, text, timestamptz);
CREATE FUNCTION kernel.usage_of(tenant uuid, limit_key text, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE limit_key
    WHEN 'members' THEN (SELECT count(*) FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = tenant AND m.status IN ('active', 'pending_approval') AND u.kind = 'person')
      + (SELECT count(*) FROM public.invitations i WHERE i.tenant_id = tenant AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.declined_at IS NULL AND i.expires_at > at
          AND NOT EXISTS (SELECT FROM public.users u JOIN public.memberships m ON m.user_id = u.id WHERE u.email_lc = i.email_lc AND m.tenant_id = tenant AND m.status IN ('active', 'pending_approval')))
    WHEN 'projects' THEN (SELECT count(*) FROM public.containers c WHERE c.tenant_id = tenant AND c.kind = 'project' AND c.archived_at IS NULL AND c.deleted_at IS NULL)
    WHEN 'storage_mb' THEN (SELECT ceil(coalesce(sum(f.size_bytes), 0) / 1000000.0)::bigint FROM (
        SELECT a.size_bytes FROM public.attachments a WHERE a.tenant_id = tenant AND a.deleted_at IS NULL
        UNION ALL SELECT b.size_bytes FROM public.import_batches b WHERE b.tenant_id = tenant
        -- Not its archives: whoever takes everything away fills nothing by it. There are few of them a day.
        UNION ALL SELECT e.size_bytes FROM public.exports e WHERE e.tenant_id = tenant AND e.expires_at > at AND e.list NOT IN ('archive', 'archive_upload')) f)
    WHEN 'api_calls' THEN coalesce((SELECT u.value FROM public.usage_counts u WHERE u.tenant_id = tenant AND u.key = 'api_calls' AND u.starts_at = date_trunc('hour', at)), 0)
    WHEN 'requests_per_minute' THEN coalesce((SELECT l.requests FROM public.organization_load l WHERE l.organization_id = tenant AND l.minute = date_trunc('minute', at)), 0)
    WHEN 'statement_seconds_per_minute' THEN coalesce((SELECT (l.statement_ms - l.job_ms) / 1000 FROM public.organization_load l WHERE l.organization_id = tenant AND l.minute = date_trunc('minute', at)), 0)
    WHEN 'exported_rows_per_hour' THEN coalesce((SELECT sum(l.exported_rows) FROM public.organization_load l WHERE l.organization_id = tenant AND l.minute > at - interval '1 hour'), 0)::bigint
    ELSE 0 END
$$;

CALL kernel.give_function('kernel.add_load(jsonb, timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.usage_of(uuid, text, timestamptz)', 'app_directory', '{}');
