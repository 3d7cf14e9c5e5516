-- Nobody of the console overwrites unseen what a colleague has saved meanwhile: who has read an older state is told, with what it is now.
-- A release that does not say what it has read is not asked.

-- AlterTable
ALTER TABLE "plans" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "platform_settings" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

CREATE FUNCTION kernel.plan_facts(p public.plans) RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT jsonb_build_object('key', p.key, 'name', p.name, 'position', p.position, 'monthlyPrice', p.monthly_price, 'members', p.members, 'projects', p.projects, 'storageMb', p.storage_mb, 'apiCallsPerHour', p.api_calls_per_hour, 'auditDays', p.audit_days,
    'requestsPerMinute', p.requests_per_minute, 'statementSecondsPerMinute', p.statement_seconds_per_minute, 'exportedRowsPerHour', p.exported_rows_per_hour, 'version', p.version)
$$;
REVOKE ALL ON FUNCTION kernel.plan_facts(public.plans) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.plan_facts(public.plans) TO app_directory;

DROP FUNCTION kernel.console_plans(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_plans(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT jsonb_agg(kernel.plan_facts(p) || jsonb_build_object('organizations', (SELECT count(*) FROM public.organizations o WHERE o.plan_key = p.key)) ORDER BY p.position, p.key) FROM public.plans p));
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
  -- Of two who add the same one at once, the second finds that of the first.
  PERFORM pg_advisory_xact_lock(hashtextextended('plan ' || (input->>'key'), 0));
  SELECT p.* INTO before FROM public.plans p WHERE p.key = input->>'key' FOR UPDATE;
  IF (input->>'isNew')::boolean THEN
    IF before.key IS NOT NULL THEN RETURN '{"answer": "key_taken"}'; END IF;
  ELSIF before.key IS NULL THEN
    RETURN '{"answer": "unknown"}';
  ELSIF before.version <> (input->>'version')::int THEN
    RETURN jsonb_build_object('answer', 'changed_elsewhere', 'current', kernel.plan_facts(before));
  END IF;
  INSERT INTO public.plans AS p (key, position, name, monthly_price, members, projects, storage_mb, api_calls_per_hour, audit_days, requests_per_minute, statement_seconds_per_minute, exported_rows_per_hour)
  SELECT w.* FROM jsonb_to_record(input) AS w(key text, position int, name text, "monthlyPrice" int, members int, projects int, "storageMb" int, "apiCallsPerHour" int, "auditDays" int, "requestsPerMinute" int, "statementSecondsPerMinute" int, "exportedRowsPerHour" int)
  ON CONFLICT (key) DO UPDATE SET version = p.version + 1, position = EXCLUDED.position, name = EXCLUDED.name, monthly_price = EXCLUDED.monthly_price, members = EXCLUDED.members, projects = EXCLUDED.projects, storage_mb = EXCLUDED.storage_mb,
    api_calls_per_hour = EXCLUDED.api_calls_per_hour, audit_days = EXCLUDED.audit_days,
    -- A release that does not know them leaves them as they are.
    requests_per_minute = CASE WHEN input ? 'requestsPerMinute' THEN EXCLUDED.requests_per_minute ELSE p.requests_per_minute END,
    statement_seconds_per_minute = CASE WHEN input ? 'statementSecondsPerMinute' THEN EXCLUDED.statement_seconds_per_minute ELSE p.statement_seconds_per_minute END,
    exported_rows_per_hour = CASE WHEN input ? 'exportedRowsPerHour' THEN EXCLUDED.exported_rows_per_hour ELSE p.exported_rows_per_hour END RETURNING p.* INTO wished;
  IF wished.audit_days < coalesce(before.audit_days, 2147483647) THEN
    UPDATE public.organizations o SET plan_since = at, updated_at = at WHERE o.plan_key = wished.key;
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE WHEN before.key IS NULL THEN 'plan.created' ELSE 'plan.updated' END, wished.key, (SELECT string_agg(w.key || ': ' || coalesce(b.value, 'unlimited') || ' → ' || coalesce(w.value, 'unlimited'), ', ')
    FROM jsonb_each_text(to_jsonb(wished)) w JOIN jsonb_each_text(to_jsonb(before)) b USING (key) WHERE before.key IS NOT NULL AND w.key <> 'version' AND w.value IS DISTINCT FROM b.value), NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

DROP FUNCTION kernel.console_remove_plan(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_remove_plan(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  plan  public.plans;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO plan FROM public.plans p WHERE p.key = input->>'key' FOR UPDATE;
  IF plan.key IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  IF plan.version <> (input->>'version')::int THEN RETURN jsonb_build_object('answer', 'changed_elsewhere', 'current', kernel.plan_facts(plan)); END IF;
  -- Where everybody begins, and what a trial has.
  IF input->>'key' IN ('free', 'professional') OR EXISTS (SELECT FROM public.organizations o WHERE o.plan_key = input->>'key') THEN RETURN '{"answer": "plan_in_use"}'; END IF;
  DELETE FROM public.plans p WHERE p.key = input->>'key';
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'plan.removed', input->>'key', '', NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

DROP FUNCTION kernel.console_settings(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_settings(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  s public.platform_settings;
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO s FROM public.platform_settings p;
  RETURN jsonb_build_object('answer', 'ok', 'signUp', s.sign_up, 'allowed', to_jsonb(coalesce(s.allowed_addresses, '{}')), 'contact', coalesce(s.contact, ''), 'version', coalesce(s.version, 1), 'switches', coalesce(s.switches, '{}'),
    'overrides', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'switches', o.switches) ORDER BY o.name), '[]') FROM (SELECT f.* FROM public.organizations f WHERE f.switches <> '{}' LIMIT 100) o));
END $$;

DROP FUNCTION kernel.console_save_settings(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_save_settings(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  before public.platform_settings;
  listed text[] := ARRAY(SELECT jsonb_array_elements_text(input->'allowed'));
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  INSERT INTO public.platform_settings (id) VALUES (true) ON CONFLICT DO NOTHING;
  SELECT p.* INTO before FROM public.platform_settings p FOR UPDATE;
  IF before.version <> (input->>'version')::int THEN
    RETURN jsonb_build_object('answer', 'changed_elsewhere', 'current', jsonb_build_object('signUp', coalesce(before.sign_up, ''), 'allowed', to_jsonb(before.allowed_addresses), 'contact', before.contact, 'version', before.version));
  END IF;
  UPDATE public.platform_settings p SET sign_up = input->>'signUp', allowed_addresses = listed, contact = input->>'contact', version = p.version + 1, updated_at = at WHERE p.id;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'platform.settings_changed', NULL, concat_ws('; ',
    CASE WHEN before.sign_up IS DISTINCT FROM input->>'signUp' THEN 'sign-up: ' || coalesce(before.sign_up, 'as the environment says') || ' → ' || coalesce(input->>'signUp', 'as the environment says') END,
    CASE WHEN before.allowed_addresses <> listed THEN 'may come in: ' || coalesce(nullif(array_to_string(before.allowed_addresses[1:20], ', '), ''), 'all') || ' → ' || coalesce(nullif(array_to_string(listed[1:20], ', '), ''), 'all') END,
    CASE WHEN before.contact <> input->>'contact' THEN 'contact: ' || coalesce(nullif(before.contact, ''), 'none') || ' → ' || coalesce(nullif(input->>'contact', ''), 'none') END), NULL, '', '{}', at);
  RETURN jsonb_build_object('answer', 'ok', 'version', before.version + 1);
END $$;

-- `was`: on, off or standard, as whoever sets it has read it. Whoever sets what is set already overwrites nothing.
DROP FUNCTION kernel.console_set_switch(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_set_switch(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  tenant uuid := (input->>'organization')::uuid;
  wished jsonb := CASE WHEN input->>'enabled' IS NULL THEN '{}' ELSE jsonb_build_object(input->>'key', (input->>'enabled')::boolean) END;
  named  text;
  held   jsonb;
  is_now text;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  IF tenant IS NULL THEN
    INSERT INTO public.platform_settings (id) VALUES (true) ON CONFLICT DO NOTHING;
    SELECT p.switches INTO held FROM public.platform_settings p FOR UPDATE;
  ELSE
    SELECT o.switches, o.name INTO held, named FROM public.organizations o WHERE o.id = tenant FOR NO KEY UPDATE;
    IF named IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  END IF;
  is_now := CASE (held->>(input->>'key'))::boolean WHEN true THEN 'on' WHEN false THEN 'off' ELSE 'standard' END;
  IF is_now <> input->>'was' AND (held->(input->>'key')) IS DISTINCT FROM (wished->(input->>'key')) THEN
    RETURN jsonb_build_object('answer', 'changed_elsewhere', 'current', jsonb_build_object('was', is_now));
  END IF;
  IF tenant IS NULL THEN
    UPDATE public.platform_settings p SET switches = (p.switches - (input->>'key')) || wished, updated_at = at WHERE p.id;
  ELSE
    UPDATE public.organizations o SET switches = (o.switches - (input->>'key')) || wished, updated_at = at WHERE o.id = tenant;
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE WHEN tenant IS NULL THEN 'platform.switch_set' ELSE 'organization.switch_set' END, coalesce(tenant::text, input->>'key'), (input->>'key') || ': ' || coalesce(CASE (input->>'enabled')::boolean WHEN true THEN 'on' ELSE 'off' END, 'as the installation'), tenant, named, jsonb_build_object(input->>'key', jsonb_build_array(NULL, coalesce(CASE (input->>'enabled')::boolean WHEN true THEN 'on' ELSE 'off' END, 'as the installation'))), at);
  RETURN '{"answer": "ok"}';
END $$;

-- `was`: the key of the plan that was read.
DROP FUNCTION kernel.console_set_plan(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_set_plan(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin record;
  o     public.organizations;
  plan  text := input->>'plan';
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT f.* INTO o FROM public.organizations f WHERE f.id = (input->>'id')::uuid FOR NO KEY UPDATE;
  IF o.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  IF NOT EXISTS (SELECT FROM public.plans p WHERE p.key = plan) THEN RETURN '{"answer": "no_plan"}'; END IF;
  IF o.plan_key = plan AND NOT (o.status = 'trial' AND plan <> 'free') THEN RETURN '{"answer": "ok"}'; END IF;
  IF o.plan_key <> input->>'was' AND o.plan_key <> plan THEN RETURN jsonb_build_object('answer', 'changed_elsewhere', 'current', jsonb_build_object('was', o.plan_key)); END IF;
  UPDATE public.organizations f SET plan_key = plan, plan_since = at, status = CASE WHEN o.status = 'trial' AND plan <> 'free' THEN 'active' ELSE o.status END, updated_at = at WHERE f.id = o.id;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'organization.plan_changed', o.id::text, o.plan_key || ' → ' || plan, o.id, o.name, jsonb_build_object('plan', jsonb_build_array(o.plan_key, plan)), at);
  RETURN '{"answer": "ok"}';
END $$;

-- `mode`: as the plan says (plan), as many as are wanted (none), or `value` (own); `was`: plan, none or the number that was read.
DROP FUNCTION kernel.console_set_limit(bytea, timestamptz, jsonb);
CREATE FUNCTION kernel.console_set_limit(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  o      public.organizations;
  what   text := input->>'key';
  before int;
  now_it int;
  held   text;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT f.* INTO o FROM public.organizations f WHERE f.id = (input->>'id')::uuid FOR NO KEY UPDATE;
  IF o.id IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  before := kernel.limit_of(o.id, what, at);
  held := coalesce((SELECT coalesce(l.value::text, 'none') FROM public.organization_limits l WHERE l.tenant_id = o.id AND l.key = what), 'plan');
  IF held <> input->>'was' AND held <> (CASE input->>'mode' WHEN 'own' THEN input->>'value' ELSE input->>'mode' END) THEN
    RETURN jsonb_build_object('answer', 'changed_elsewhere', 'current', jsonb_build_object('was', held, 'max', before));
  END IF;
  IF input->>'mode' = 'plan' THEN
    DELETE FROM public.organization_limits l WHERE l.tenant_id = o.id AND l.key = what;
  ELSE
    PERFORM kernel.set_limit(o.id, what, CASE WHEN input->>'mode' = 'own' THEN (input->>'value')::int END, at);
  END IF;
  now_it := kernel.limit_of(o.id, what, at);
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'organization.limit_changed', o.id::text, what || ': ' || coalesce(before::text, 'unlimited') || ' → ' || coalesce(now_it::text, 'unlimited'), o.id, o.name, jsonb_build_object(what, jsonb_build_array(coalesce(before::text, 'unlimited'), coalesce(now_it::text, 'unlimited'))), at);
  RETURN '{"answer": "ok"}';
END $$;

DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY '{plans,save_plan,remove_plan,settings,save_settings,set_switch,set_plan,set_limit}'::text[] LOOP
    CALL kernel.give_function(format('kernel.console_%s(bytea, timestamptz, jsonb)', it)::regprocedure, 'app_directory', '{app_platform}');
  END LOOP;
END $$;
