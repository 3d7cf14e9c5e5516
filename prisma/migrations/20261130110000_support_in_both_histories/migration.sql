-- What becomes of a support session stands in the platform's history, too, by whichever side; a request that nobody has answered for a day
-- is over at once, and what is swept is only written down.

-- AlterTable
ALTER TABLE "platform_audit_events" ADD COLUMN     "support_session_id" UUID;

-- CreateIndex
CREATE INDEX "platform_audit_events_support_session_id_idx" ON "platform_audit_events"("support_session_id");

-- What it is at this moment, whether that was written down yet or not. Without a search_path of its own it is taken into the statement that asks.
CREATE FUNCTION kernel.support_status(status text, created_at timestamptz, ends_at timestamptz, at timestamptz) RETURNS text LANGUAGE sql STABLE
AS $$ SELECT CASE WHEN status = 'active' AND ends_at <= at OR status = 'requested' AND created_at <= at - interval '24 hours' THEN 'expired' ELSE status END $$;
REVOKE ALL ON FUNCTION kernel.support_status(text, timestamptz, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.support_status(text, timestamptz, timestamptz, timestamptz) TO app_directory, app_kernel;

-- Of whose session it is, and in which organization; who there has decided stands in the organization's own history.
CREATE FUNCTION kernel.note_platform_support(tenant uuid, session uuid, what text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.platform_audit_events (id, user_id, action, subject, support_session_id, success, at)
  SELECT kernel.id_at(at), s.admin_user_id, what, tenant::text, s.id, true, at FROM public.support_sessions s WHERE s.tenant_id = tenant AND s.id = session;
END $$;

DROP FUNCTION kernel.request_support(bytea, timestamptz, text, uuid, text, text, int, text, boolean);
CREATE FUNCTION kernel.request_support(session_hash bytea, at timestamptz, wished_slug text, wished_id uuid, wished_reason text, wished_reference text, wished_minutes int, wished_mode text, is_confirmed boolean)
RETURNS TABLE (answer text, slug text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  admin record;
  place record;
  waits boolean;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN QUERY SELECT 'not_allowed', NULL::text; RETURN; END IF;
  -- One at a time of one person, also of two that are asked for at once.
  PERFORM pg_advisory_xact_lock(hashtextextended('support ' || admin.user_id, 0));
  SELECT o.id, o.slug, o.name, o.support_policy INTO place FROM public.organizations o WHERE o.slug = wished_slug AND o.deleted_at IS NULL FOR SHARE;
  IF NOT FOUND THEN RETURN QUERY SELECT 'unknown', NULL::text; RETURN; END IF;
  IF place.support_policy = 'refuse' THEN RETURN QUERY SELECT 'refused', place.slug; RETURN; END IF;
  IF EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = place.id AND m.user_id = admin.user_id AND m.status IN ('active', 'suspended', 'pending_approval')) THEN RETURN QUERY SELECT 'own', place.slug; RETURN; END IF;
  IF EXISTS (SELECT FROM public.support_sessions s WHERE s.admin_user_id = admin.user_id AND kernel.support_status(s.status, s.created_at, s.ends_at, at) IN ('requested', 'active')) THEN RETURN QUERY SELECT 'nested', place.slug; RETURN; END IF;
  waits := place.support_policy = 'ask';
  IF wished_mode = 'read_write' AND NOT waits AND NOT is_confirmed THEN RETURN QUERY SELECT 'confirm', place.slug; RETURN; END IF;

  INSERT INTO public.users (id, kind, name, created_at, updated_at) VALUES (kernel.support_user(), 'service', 'Support', at, at) ON CONFLICT DO NOTHING;
  INSERT INTO public.memberships (tenant_id, id, user_id, display_name, role, status, skip_onboarding, created_at, updated_at)
  SELECT place.id, gen_random_uuid(), kernel.support_user(), 'Support', 'viewer', 'removed', true, at, at
   WHERE NOT EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = place.id AND m.user_id = kernel.support_user()) ON CONFLICT DO NOTHING;
  INSERT INTO public.support_sessions (tenant_id, id, admin_user_id, admin_name, admin_email, web_session_id, reason, reference, mode, status, minutes, starts_at, ends_at, created_at, updated_at)
  VALUES (place.id, wished_id, admin.user_id, admin.name, admin.email, CASE WHEN NOT waits THEN admin.session_id END, wished_reason, wished_reference, wished_mode, CASE WHEN waits THEN 'requested' ELSE 'active' END, wished_minutes,
    CASE WHEN NOT waits THEN at END, CASE WHEN NOT waits THEN at + make_interval(mins => wished_minutes) END, at, at);
  PERFORM kernel.note_support(place.id, wished_id, CASE WHEN waits THEN 'support.requested' ELSE 'support.started' END, wished_reason,
    jsonb_build_object('mode', jsonb_build_array(NULL, wished_mode), 'minutes', jsonb_build_array(NULL, wished_minutes), 'reference', jsonb_build_array(NULL, wished_reference)), at);
  INSERT INTO public.platform_audit_events (id, user_id, action, subject, support_session_id, success, reason, at) VALUES (kernel.id_at(at), admin.user_id, CASE WHEN waits THEN 'support.requested' ELSE 'support.started' END, place.id::text, wished_id, true, wished_reason, at);
  EXECUTE format('SET LOCAL app.tenant_id = %L', place.id);
  PERFORM kernel.tell_admins('support', CASE WHEN waits THEN admin.name || ' of support asks to come in' ELSE admin.name || ' of support has come in' END, wished_reason, '/settings/support', wished_id, at);
  RETURN QUERY SELECT CASE WHEN waits THEN 'requested' ELSE 'active' END, place.slug;
END $$;

-- By whoever asked for it: an end, or a request taken back.
DROP FUNCTION kernel.end_my_support(bytea, timestamptz, uuid);
CREATE FUNCTION kernel.end_my_support(session_hash bytea, at timestamptz, support uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it public.support_sessions;
BEGIN
  SELECT s.* INTO it FROM kernel.super_admin_of(session_hash, at) a JOIN public.support_sessions s ON s.admin_user_id = a.user_id WHERE s.id = support FOR UPDATE OF s;
  IF it.id IS NULL THEN RETURN 'gone'; END IF;
  IF kernel.support_status(it.status, it.created_at, it.ends_at, at) NOT IN ('requested', 'active') THEN RETURN 'over'; END IF;
  UPDATE public.support_sessions s SET status = 'ended', ended_at = at, ended_by = 'platform', updated_at = at WHERE s.tenant_id = it.tenant_id AND s.id = it.id;
  PERFORM kernel.note_support(it.tenant_id, it.id, 'support.ended', '', '{}', at);
  PERFORM kernel.note_platform_support(it.tenant_id, it.id, CASE it.status WHEN 'active' THEN 'support.ended' ELSE 'support.withdrawn' END, at);
  RETURN 'ended';
END $$;

-- Those of everybody, for whoever runs the installation; `events`: what the platform's own history has of each.
DROP FUNCTION kernel.all_support_sessions(bytea, timestamptz, int);
CREATE FUNCTION kernel.all_support_sessions(session_hash bytea, at timestamptz, how_many int)
RETURNS TABLE (id uuid, is_mine boolean, organization text, slug text, admin_name text, reason text, reference text, mode text, status text, minutes int, starts_at timestamptz, ends_at timestamptz, ended_at timestamptz, ended_by text, created_at timestamptz, events int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT s.id, s.admin_user_id = a.user_id, o.name, o.slug, s.admin_name, s.reason, s.reference, s.mode, kernel.support_status(s.status, s.created_at, s.ends_at, at), s.minutes, s.starts_at, s.ends_at, s.ended_at, s.ended_by, s.created_at,
    (SELECT count(*)::int FROM public.platform_audit_events e WHERE e.support_session_id = s.id)
    FROM kernel.super_admin_of(session_hash, at) a, public.support_sessions s JOIN public.organizations o ON o.id = s.tenant_id
   ORDER BY s.created_at DESC, s.id DESC LIMIT how_many;
END $$;

-- Those whose time is over. Safe to run beside itself.
DROP FUNCTION kernel.expire_support(timestamptz);
CREATE FUNCTION kernel.expire_support(at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it   record;
  gone bigint := 0;
BEGIN
  FOR it IN UPDATE public.support_sessions s SET status = 'expired', ended_at = coalesce(s.ends_at, at), ended_by = 'time', updated_at = at
    WHERE s.status IN ('requested', 'active') AND kernel.support_status(s.status, s.created_at, s.ends_at, least(at, now())) = 'expired' RETURNING s.tenant_id, s.id, s.starts_at LOOP
    PERFORM kernel.note_support(it.tenant_id, it.id, 'support.expired', '', '{}', at);
    PERFORM kernel.note_platform_support(it.tenant_id, it.id, CASE WHEN it.starts_at IS NULL THEN 'support.lapsed' ELSE 'support.expired' END, at);
    gone := gone + 1;
  END LOOP;
  RETURN gone;
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What the organization decides.

DROP FUNCTION kernel.decide_support(uuid, boolean, timestamptz);
CREATE FUNCTION kernel.decide_support(session uuid, is_approved boolean, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it record;
BEGIN
  PERFORM kernel.require_role('owner');
  SELECT s.* INTO it FROM public.support_sessions s WHERE s.tenant_id = kernel.tenant_id() AND s.id = session FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF kernel.support_status(it.status, it.created_at, it.ends_at, at) <> 'requested' THEN RETURN 'over'; END IF;
  UPDATE public.support_sessions s SET status = CASE WHEN is_approved THEN 'active' ELSE 'declined' END, starts_at = CASE WHEN is_approved THEN at END, ends_at = CASE WHEN is_approved THEN at + make_interval(mins => s.minutes) END,
    decided_by = kernel.user_id(), decided_at = at, updated_at = at WHERE s.tenant_id = kernel.tenant_id() AND s.id = session;
  PERFORM kernel.note_platform_support(it.tenant_id, it.id, CASE WHEN is_approved THEN 'support.approved' ELSE 'support.declined' END, at);
  RETURN CASE WHEN is_approved THEN 'active' ELSE 'declined' END;
END $$;

DROP FUNCTION kernel.end_support(uuid, timestamptz);
CREATE FUNCTION kernel.end_support(session uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it record;
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  SELECT s.* INTO it FROM public.support_sessions s WHERE s.tenant_id = kernel.tenant_id() AND s.id = session FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF kernel.support_status(it.status, it.created_at, it.ends_at, at) NOT IN ('requested', 'active') THEN RETURN 'over'; END IF;
  UPDATE public.support_sessions s SET status = 'ended', ended_at = at, ended_by = 'organization', updated_at = at WHERE s.tenant_id = kernel.tenant_id() AND s.id = session;
  PERFORM kernel.note_platform_support(it.tenant_id, it.id, CASE it.status WHEN 'active' THEN 'support.ended_by_organization' ELSE 'support.declined' END, at);
  RETURN 'ended';
END $$;

-- Who refuses support altogether ends what is open with it; the ids of those.
DROP FUNCTION kernel.set_support_policy(text, timestamptz);
CREATE FUNCTION kernel.set_support_policy(wished text, at timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it record;
BEGIN
  PERFORM kernel.require_role('owner');
  UPDATE public.organizations o SET support_policy = wished, updated_at = at WHERE o.id = kernel.tenant_id();
  IF wished = 'refuse' THEN
    FOR it IN UPDATE public.support_sessions s SET status = 'ended', ended_at = at, ended_by = 'organization', updated_at = at
      WHERE s.tenant_id = kernel.tenant_id() AND kernel.support_status(s.status, s.created_at, s.ends_at, at) IN ('requested', 'active') RETURNING s.tenant_id, s.id, s.starts_at LOOP
      PERFORM kernel.note_platform_support(it.tenant_id, it.id, CASE WHEN it.starts_at IS NULL THEN 'support.declined' ELSE 'support.ended_by_organization' END, at);
      RETURN NEXT it.id;
    END LOOP;
  END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- The console: as before, and with what a session is by now.

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
    'support', (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM (SELECT v.id, v.admin_name AS "adminName", v.reason, v.mode, kernel.support_status(v.status, v.created_at, v.ends_at, at) AS status, v.ended_by AS "endedBy", v.minutes, v.starts_at AS "startsAt", coalesce(v.starts_at, v.created_at) AS at, (SELECT count(*) FROM public.platform_audit_events e WHERE e.support_session_id = v.id) AS events
      FROM public.support_sessions v WHERE v.tenant_id = o.id ORDER BY v.created_at DESC LIMIT 20) s));
END $$;

-- `support`: of one support session alone, which is told with it.
DROP FUNCTION kernel.console_audit(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_audit(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  people uuid[];
  q      text := lower(input->>'person');
  visit  uuid := nullif(input->>'support', '')::uuid;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  IF q <> '' THEN people := ARRAY(SELECT u.id FROM public.users u WHERE starts_with(u.email_lc, q) OR starts_with(lower(u.name), q) LIMIT 200); END IF;
  IF (input->>'isExport')::boolean THEN PERFORM kernel.note_console(admin.user_id, admin.session_id, 'platform_audit.exported', NULL, '', NULL, '', '{}', at); END IF;
  RETURN jsonb_build_object('answer', 'ok', 'support', (SELECT jsonb_build_object('adminName', s.admin_name, 'organization', o.name, 'at', coalesce(s.starts_at, s.created_at)) FROM public.support_sessions s JOIN public.organizations o ON o.id = s.tenant_id WHERE s.id = visit), 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.at DESC, r.id DESC), '[]') FROM (
    SELECT e.id, e.at, e.action, e.success, e.reason, e.ip, e.user_agent AS "userAgent", w.name AS who, w.email, coalesce(o.name, s.name, e.subject) AS subject,
      CASE WHEN o.id IS NOT NULL THEN 'organization' WHEN s.id IS NOT NULL THEN 'person' END AS "subjectKind", coalesce(o.id, s.id) AS "subjectId"
    FROM (SELECT x.*, CASE WHEN x.subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN x.subject::uuid END AS subject_id FROM public.platform_audit_events x
      WHERE (people IS NULL OR x.user_id = ANY (people) OR x.subject = ANY (people::text[])) AND (visit IS NULL OR x.support_session_id = visit) AND (input->>'action' = '' OR x.action = input->>'action') AND (input->>'outcome' = '' OR x.success = (input->>'outcome' = 'done'))
        AND (input->>'from' IS NULL OR x.at >= (input->>'from')::timestamptz) AND (input->>'until' IS NULL OR x.at < (input->>'until')::timestamptz)
        AND (input->>'beforeAt' IS NULL OR (x.at, x.id) < ((input->>'beforeAt')::timestamptz, (input->>'beforeId')::uuid))
      ORDER BY x.at DESC, x.id DESC LIMIT (input->>'limit')::int) e
    LEFT JOIN public.users w ON w.id = e.user_id LEFT JOIN public.organizations o ON o.id = e.subject_id LEFT JOIN public.users s ON s.id = e.subject_id) r));
END $$;

CALL kernel.give_function('kernel.note_platform_support(uuid, uuid, text, timestamptz)', 'app_directory', '{app_kernel}');
CALL kernel.give_function('kernel.request_support(bytea, timestamptz, text, uuid, text, text, int, text, boolean)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.end_my_support(bytea, timestamptz, uuid)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.all_support_sessions(bytea, timestamptz, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.expire_support(timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.decide_support(uuid, boolean, timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.end_support(uuid, timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.set_support_policy(text, timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.console_organization(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.console_audit(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
