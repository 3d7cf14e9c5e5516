-- Builds indexes on organizations, users, jobs and the platform's own history: one of these that is very large is better done when it is quiet.
-- Whatever the console's lists are filtered by leads to a page of them, among 100,000 organizations and millions of events.

CREATE INDEX organizations_state_idx ON organizations ((CASE WHEN status = 'cancelled' THEN status WHEN deleted_at IS NOT NULL THEN 'deleted' ELSE status END), lower(name) COLLATE "C", id);
CREATE INDEX organizations_plan_idx ON organizations (plan_key, lower(name) COLLATE "C", id);
CREATE INDEX organizations_slug_start_idx ON organizations (slug COLLATE "C");
CREATE INDEX organizations_code_start_idx ON organizations (lower(code) COLLATE "C");
CREATE INDEX users_super_admins_idx ON users (lower(name) COLLATE "C", id) WHERE is_super_admin;
CREATE INDEX users_inactive_idx ON users (lower(name) COLLATE "C", id) WHERE status <> 'active';
CREATE INDEX users_email_start_idx ON users (email_lc COLLATE "C");
CREATE INDEX platform_audit_events_action_at_id_idx ON platform_audit_events (action, at, id);
CREATE INDEX platform_audit_events_refused_idx ON platform_audit_events (at, id) WHERE NOT success;
CREATE INDEX platform_audit_events_subject_idx ON platform_audit_events (subject);
CREATE INDEX jobs_id_idx ON jobs (id);
CREATE INDEX jobs_finished_at_idx ON jobs (finished_at);

DROP FUNCTION kernel.console_organizations(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_organizations(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  q text := lower(input->>'q');
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.sort COLLATE "C", r.id), '[]') FROM (
    SELECT p.id, p.name, p.slug, p.code, p.kind, kernel.state_of(p.status, p.deleted_at) AS state, p.plan_key AS "planKey", p.created_at AS "createdAt", lower(p.name) AS sort,
      (SELECT count(*) FROM public.memberships m JOIN public.users u ON u.id = m.user_id AND u.kind = 'person' WHERE m.tenant_id = p.id AND m.status = 'active') AS members,
      kernel.usage_of(p.id, 'projects', at) AS projects,
      -- As it was last written down, once an hour: adding it up is for the page of one organization.
      coalesce((SELECT c.value FROM public.usage_counts c WHERE c.tenant_id = p.id AND c.key = 'storage_mb' ORDER BY c.starts_at DESC LIMIT 1), 0) AS "storageMb",
      (SELECT max(m.last_active_at) FROM public.memberships m WHERE m.tenant_id = p.id) AS "lastActiveAt"
    FROM (SELECT o.* FROM public.organizations o
      WHERE (q = '' OR lower(o.name) COLLATE "C" ^@ q OR o.slug COLLATE "C" ^@ q OR lower(o.code) COLLATE "C" ^@ q) AND (input->>'state' = '' OR kernel.state_of(o.status, o.deleted_at) = input->>'state')
        AND (input->>'plan' = '' OR o.plan_key = input->>'plan') AND (input->>'afterName' IS NULL OR (lower(o.name) COLLATE "C", o.id) > (input->>'afterName', (input->>'afterId')::uuid))
      ORDER BY lower(o.name) COLLATE "C", o.id LIMIT (input->>'limit')::int) p) r));
END $$;

DROP FUNCTION kernel.console_people(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_people(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  q text := lower(input->>'q');
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.sort COLLATE "C", r.id), '[]') FROM (
    SELECT p.id, p.name, p.email, p.status, p.is_super_admin AS "isSuperAdmin", kernel.has_second_factor(p.id) AS "hasSecondFactor", p.last_login_at AS "lastLoginAt", lower(p.name) AS sort,
      (SELECT count(*) FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id AND o.deleted_at IS NULL WHERE m.user_id = p.id AND m.status = 'active') AS organizations
    FROM (SELECT u.* FROM public.users u
      WHERE u.kind = 'person' AND u.email_lc IS NOT NULL AND (q = '' OR u.email_lc COLLATE "C" ^@ q OR lower(u.name) COLLATE "C" ^@ q)
        AND (input->>'filter' = '' OR input->>'filter' = 'super_admins' AND u.is_super_admin OR input->>'filter' = 'deactivated' AND u.status <> 'active')
        AND (input->>'afterName' IS NULL OR (lower(u.name) COLLATE "C", u.id) > (input->>'afterName', (input->>'afterId')::uuid))
      ORDER BY lower(u.name) COLLATE "C", u.id LIMIT (input->>'limit')::int) p) r));
END $$;

CALL kernel.give_function('kernel.console_organizations(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.console_people(bytea, timestamptz, jsonb)', 'app_directory', '{app_platform}');
