-- A limit of one organization is set by the console's function, which proves the super-admin, and by nothing else. The console knows
-- all limits that act, those by the minute and the hour, too.

DROP FUNCTION kernel.set_limit(uuid, text, int, timestamptz);
CREATE FUNCTION kernel.set_limit(tenant uuid, limit_key text, most int, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO public.organization_limits (tenant_id, id, key, value, created_at, updated_at) VALUES (tenant, gen_random_uuid(), limit_key, most, at, at)
  ON CONFLICT (tenant_id, key) DO UPDATE SET value = EXCLUDED.value, updated_at = at
$$;
CALL kernel.give_function('kernel.set_limit(uuid, text, int, timestamptz)', 'app_directory', '{}');

-- What is used of a limit by the minute and the hour is what the processes have told until now.
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
    WHEN 'statement_seconds_per_minute' THEN coalesce((SELECT l.statement_ms / 1000 FROM public.organization_load l WHERE l.organization_id = tenant AND l.minute = date_trunc('minute', at)), 0)
    WHEN 'exported_rows_per_hour' THEN coalesce((SELECT sum(l.exported_rows) FROM public.organization_load l WHERE l.organization_id = tenant AND l.minute > at - interval '1 hour'), 0)::bigint
    ELSE 0 END
$$;

DROP FUNCTION kernel.console_organization(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_organization(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  o public.organizations;
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT f.* INTO o FROM public.organizations f WHERE f.id = (input->>'id')::uuid;
  IF o.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'id', o.id, 'name', o.name, 'slug', o.slug, 'code', o.code, 'kind', o.kind, 'colour', o.colour, 'state', kernel.state_of(o.status, o.deleted_at), 'planKey', o.plan_key, 'effectivePlan', kernel.plan_of(o.id, at),
    'createdAt', o.created_at, 'trialEndsAt', CASE WHEN o.status = 'trial' THEN o.trial_ends_at END, 'suspendedReason', o.suspended_reason, 'deletedAt', o.deleted_at, 'purgeAfter', o.purge_after, 'supportPolicy', o.support_policy, 'joinPolicy', o.join_policy,
    'switches', o.switches, 'needsSecondFactor', o.second_factor_required_at IS NOT NULL, 'lastActiveAt', (SELECT max(m.last_active_at) FROM public.memberships m WHERE m.tenant_id = o.id),
    'usage', (SELECT jsonb_agg(jsonb_build_object('key', k, 'used', kernel.usage_of(o.id, k, at), 'max', kernel.limit_of(o.id, k, at), 'isOwn', EXISTS (SELECT FROM public.organization_limits l WHERE l.tenant_id = o.id AND l.key = k))) FROM unnest('{members,projects,storage_mb,api_calls,requests_per_minute,statement_seconds_per_minute,exported_rows_per_hour}'::text[]) k),
    'modules', (SELECT coalesce(jsonb_agg(g.key), '[]') FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled),
    'owners', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', m.display_name, 'email', u.email, 'status', u.status, 'lastActiveAt', m.last_active_at) ORDER BY m.display_name), '[]') FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = o.id AND m.role = 'owner' AND m.status = 'active'),
    'support', (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM (SELECT v.id, v.admin_name AS "adminName", v.reason, v.mode, CASE WHEN v.status = 'active' AND v.ends_at <= at THEN 'expired' ELSE v.status END AS status, v.ended_by AS "endedBy", v.minutes, coalesce(v.starts_at, v.created_at) AS at
      FROM public.support_sessions v WHERE v.tenant_id = o.id ORDER BY v.created_at DESC LIMIT 20) s));
END $$;

DROP FUNCTION kernel.console_plans(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_plans(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT jsonb_agg(jsonb_build_object('key', p.key, 'name', p.name, 'position', p.position, 'monthlyPrice', p.monthly_price, 'members', p.members, 'projects', p.projects, 'storageMb', p.storage_mb,
    'apiCallsPerHour', p.api_calls_per_hour, 'auditDays', p.audit_days, 'requestsPerMinute', p.requests_per_minute, 'statementSecondsPerMinute', p.statement_seconds_per_minute, 'exportedRowsPerHour', p.exported_rows_per_hour, 'organizations', (SELECT count(*) FROM public.organizations o WHERE o.plan_key = p.key)) ORDER BY p.position, p.key) FROM public.plans p));
END $$;

DROP FUNCTION kernel.console_save_plan(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_save_plan(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  before public.plans;
  wished public.plans;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO before FROM public.plans p WHERE p.key = input->>'key' FOR UPDATE;
  IF (input->>'isNew')::boolean THEN
    IF before.key IS NOT NULL THEN RETURN '{"answer": "key_taken"}'; END IF;
  ELSIF before.key IS NULL THEN
    RETURN '{"answer": "unknown"}';
  END IF;
  INSERT INTO public.plans AS p (key, position, name, monthly_price, members, projects, storage_mb, api_calls_per_hour, audit_days, requests_per_minute, statement_seconds_per_minute, exported_rows_per_hour)
  SELECT w.* FROM jsonb_to_record(input) AS w(key text, position int, name text, "monthlyPrice" int, members int, projects int, "storageMb" int, "apiCallsPerHour" int, "auditDays" int, "requestsPerMinute" int, "statementSecondsPerMinute" int, "exportedRowsPerHour" int)
  ON CONFLICT (key) DO UPDATE SET position = EXCLUDED.position, name = EXCLUDED.name, monthly_price = EXCLUDED.monthly_price, members = EXCLUDED.members, projects = EXCLUDED.projects, storage_mb = EXCLUDED.storage_mb,
    api_calls_per_hour = EXCLUDED.api_calls_per_hour, audit_days = EXCLUDED.audit_days,
    -- A release that does not know them leaves them as they are.
    requests_per_minute = CASE WHEN input ? 'requestsPerMinute' THEN EXCLUDED.requests_per_minute ELSE p.requests_per_minute END,
    statement_seconds_per_minute = CASE WHEN input ? 'statementSecondsPerMinute' THEN EXCLUDED.statement_seconds_per_minute ELSE p.statement_seconds_per_minute END,
    exported_rows_per_hour = CASE WHEN input ? 'exportedRowsPerHour' THEN EXCLUDED.exported_rows_per_hour ELSE p.exported_rows_per_hour END RETURNING p.* INTO wished;
  IF wished.audit_days < coalesce(before.audit_days, 2147483647) THEN
    UPDATE public.organizations o SET plan_since = at, updated_at = at WHERE o.plan_key = wished.key;
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE WHEN before.key IS NULL THEN 'plan.created' ELSE 'plan.updated' END, wished.key, (SELECT string_agg(w.key || ': ' || coalesce(b.value, 'unlimited') || ' → ' || coalesce(w.value, 'unlimited'), ', ')
    FROM jsonb_each_text(to_jsonb(wished)) w JOIN jsonb_each_text(to_jsonb(before)) b USING (key) WHERE before.key IS NOT NULL AND w.value IS DISTINCT FROM b.value), NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

CALL kernel.give_function('kernel.usage_of(uuid, text, timestamptz)', 'app_directory', '{}');
CALL kernel.give_function('kernel.console_organization(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.console_plans(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.console_save_plan(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
