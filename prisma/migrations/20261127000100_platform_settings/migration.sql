-- What holds for the whole installation and is changed in the console: who may sign up and come in, announcements, switches.

-- CreateTable
CREATE TABLE "platform_settings" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "sign_up" TEXT,
    "allowed_addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "contact" TEXT NOT NULL DEFAULT '',
    "switches" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "announcements" (
    "id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "organization_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "announcements_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "announcements_until_at_idx" ON "announcements"("until_at");

ALTER TABLE platform_settings ADD CHECK (id), ADD CHECK (sign_up IN ('open', 'closed')), ADD CHECK (cardinality(allowed_addresses) <= 1000), ADD CHECK (char_length(contact) <= 320);
ALTER TABLE announcements ADD CHECK (char_length(text) BETWEEN 1 AND 500), ADD CHECK (level IN ('info', 'warning')), ADD CHECK (audience IN ('all', 'admins')), ADD CHECK (cardinality(organization_ids) <= 200), ADD CHECK (until_at > from_at);
CALL kernel.protect_global_table('platform_settings', 'reference', '{}');
CALL kernel.protect_global_table('announcements', 'reference', '{}');
CREATE POLICY directory ON platform_settings FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON announcements FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON platform_settings TO app_directory;
GRANT SELECT, INSERT, UPDATE (until_at) ON announcements TO app_directory;

-- ---------------------------------------------------------------------------------------------------------------
-- What every request asks.

-- Whether the console's own list lets an address in; the environment's is looked at besides.
CREATE FUNCTION kernel.is_listed(address text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT NOT EXISTS (SELECT FROM public.platform_settings s WHERE s.allowed_addresses <> '{}' AND (address = ANY (s.allowed_addresses) OR split_part(address, '@', 2) = ANY (s.allowed_addresses)) IS NOT TRUE) $$;

CREATE FUNCTION kernel.platform_settings_now() RETURNS TABLE (sign_up text, contact text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT s.sign_up, s.contact FROM public.platform_settings s $$;

CREATE FUNCTION kernel.is_enabled(tenant uuid, switch text, standard boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce((SELECT (o.switches->>switch)::boolean FROM public.organizations o WHERE o.id = tenant), (SELECT (s.switches->>switch)::boolean FROM public.platform_settings s), standard) $$;

-- Those that are over are left out; those to come within the hour are told already.
CREATE FUNCTION kernel.current_announcements(at timestamptz) RETURNS TABLE (id uuid, text text, level text, audience text, organization_ids uuid[], from_at timestamptz, until_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT a.id, a.text, a.level, a.audience, a.organization_ids, a.from_at, a.until_at FROM public.announcements a WHERE (a.until_at > at OR a.until_at IS NULL) AND a.from_at < at + interval '1 hour' ORDER BY a.level = 'warning' DESC, a.from_at DESC LIMIT 20
$$;

-- As before, and: whoever the console's list no longer names is out on the next request.
DROP FUNCTION kernel.find_person(bytea, timestamptz, int);
CREATE FUNCTION kernel.find_person(session_hash bytea, at timestamptz, idle_minutes int)
RETURNS TABLE(session_id uuid, session_kind text, method text, proven_at timestamptz, user_id uuid, name text, email text, email_verified boolean, timezone text, locale text, avatar_hash text, is_super_admin boolean, has_second_factor boolean, has_password boolean, gate text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  UPDATE public.sessions s SET last_seen_at = at, idle_expires_at = greatest(s.idle_expires_at, at + make_interval(mins => idle_minutes))
   WHERE s.token_hash = session_hash AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at
     AND s.last_seen_at < at - interval '1 minute';
  RETURN QUERY
  SELECT s.id, s.kind, s.method, s.proven_at, u.id, u.name, u.email, u.email_verified_at IS NOT NULL, u.timezone, u.locale,
    u.avatar_hash, u.is_super_admin, kernel.has_second_factor(u.id), u.password_hash IS NOT NULL,
    CASE WHEN s.needs_factor AND s.factor_at IS NULL THEN 'second_factor'
         WHEN u.must_change_password THEN 'new_password' END
    FROM public.sessions s JOIN public.users u ON u.id = s.user_id
   WHERE s.token_hash = session_hash AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at
     AND u.status = 'active' AND u.kind = 'person' AND (u.is_super_admin OR kernel.is_listed(u.email_lc));
END $$;
DROP FUNCTION kernel.find_api_key(bytea, timestamptz, text);
CREATE FUNCTION kernel.find_api_key(hash bytea, at timestamptz, wished_slug text)
RETURNS TABLE(key_id uuid, key_prefix text, scopes text[], container_id uuid, rate_per_hour int, is_here boolean, user_id uuid, email text, timezone text, tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text, organization_status text, suspended_reason text, role text, display_name text, modules text[], gate text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT k.id, k.prefix, k.scopes, k.container_id, k.rate_per_hour, wished_slug IS NULL OR o.slug = wished_slug, u.id, u.email, u.timezone,
    o.id, o.slug, o.name, o.colour, o.kind, o.timezone, o.status, o.suspended_reason, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key),
    CASE WHEN u.must_change_password OR m.password_change_required_at > coalesce(u.password_changed_at, '-infinity') THEN 'new_password'
         WHEN o.second_factor_required_at IS NOT NULL AND NOT kernel.has_second_factor(u.id)
           AND greatest(o.second_factor_required_at, m.joined_at) + make_interval(days => o.second_factor_grace_days) <= at THEN 'set_up_factor' END
    FROM public.api_keys k JOIN public.organizations o ON o.id = k.tenant_id AND o.deleted_at IS NULL
    JOIN public.memberships m ON m.tenant_id = k.tenant_id AND m.user_id = k.owner_user_id AND m.status = 'active' AND k.created_at >= coalesce(m.joined_at, '-infinity')
    JOIN public.users u ON u.id = m.user_id AND u.status = 'active' AND kernel.is_listed(u.email_lc)
   WHERE k.key_hash = hash AND k.revoked_at IS NULL AND k.expires_at > at
     AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active));
  UPDATE public.api_keys k SET usage_count = k.usage_count + 1, last_used_at = at FROM public.organizations o
   WHERE o.id = k.tenant_id AND (wished_slug IS NULL OR o.slug = wished_slug) AND k.key_hash = hash AND k.revoked_at IS NULL AND k.expires_at > at;
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- The console.

CREATE FUNCTION kernel.console_settings(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  s public.platform_settings;
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  SELECT p.* INTO s FROM public.platform_settings p;
  RETURN jsonb_build_object('answer', 'ok', 'signUp', s.sign_up, 'allowed', to_jsonb(coalesce(s.allowed_addresses, '{}')), 'contact', coalesce(s.contact, ''), 'switches', coalesce(s.switches, '{}'),
    'overrides', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name, 'switches', o.switches) ORDER BY o.name), '[]') FROM (SELECT f.* FROM public.organizations f WHERE f.switches <> '{}' LIMIT 100) o));
END $$;

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
  UPDATE public.platform_settings p SET sign_up = input->>'signUp', allowed_addresses = listed, contact = input->>'contact', updated_at = at WHERE p.id;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'platform.settings_changed', NULL, concat_ws('; ',
    CASE WHEN before.sign_up IS DISTINCT FROM input->>'signUp' THEN 'sign-up: ' || coalesce(before.sign_up, 'as the environment says') || ' → ' || coalesce(input->>'signUp', 'as the environment says') END,
    CASE WHEN before.allowed_addresses <> listed THEN 'may come in: ' || coalesce(nullif(array_to_string(before.allowed_addresses[1:20], ', '), ''), 'all') || ' → ' || coalesce(nullif(array_to_string(listed[1:20], ', '), ''), 'all') END,
    CASE WHEN before.contact <> input->>'contact' THEN 'contact: ' || coalesce(nullif(before.contact, ''), 'none') || ' → ' || coalesce(nullif(input->>'contact', ''), 'none') END), NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

-- `enabled` null: as the installation says, or, for the installation, as it comes.
CREATE FUNCTION kernel.console_set_switch(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  tenant uuid := (input->>'organization')::uuid;
  wished jsonb := CASE WHEN input->>'enabled' IS NULL THEN '{}' ELSE jsonb_build_object(input->>'key', (input->>'enabled')::boolean) END;
  named  text;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  IF tenant IS NULL THEN
    INSERT INTO public.platform_settings (id) VALUES (true) ON CONFLICT DO NOTHING;
    UPDATE public.platform_settings p SET switches = (p.switches - (input->>'key')) || wished, updated_at = at WHERE p.id;
  ELSE
    UPDATE public.organizations o SET switches = (o.switches - (input->>'key')) || wished, updated_at = at WHERE o.id = tenant RETURNING o.name INTO named;
    IF named IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, CASE WHEN tenant IS NULL THEN 'platform.switch_set' ELSE 'organization.switch_set' END, coalesce(tenant::text, input->>'key'), (input->>'key') || ': ' || coalesce(CASE (input->>'enabled')::boolean WHEN true THEN 'on' ELSE 'off' END, 'as the installation'), tenant, named, jsonb_build_object(input->>'key', jsonb_build_array(NULL, coalesce(CASE (input->>'enabled')::boolean WHEN true THEN 'on' ELSE 'off' END, 'as the installation'))), at);
  RETURN '{"answer": "ok"}';
END $$;

CREATE FUNCTION kernel.console_announcements(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM kernel.super_admin_of(session_hash, at)) THEN RETURN '{"answer": "not_allowed"}'; END IF;
  RETURN jsonb_build_object('answer', 'ok', 'rows', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM (
    SELECT a.id, a.text, a.level, a.audience, a.from_at AS "fromAt", a.until_at AS "untilAt", u.name AS by, ARRAY(SELECT o.slug FROM public.organizations o WHERE o.id = ANY (a.organization_ids) ORDER BY o.slug) AS organizations, cardinality(a.organization_ids) AS "organizationCount"
      FROM public.announcements a LEFT JOIN public.users u ON u.id = a.created_by ORDER BY a.from_at DESC, a.id DESC LIMIT 100) r));
END $$;

CREATE FUNCTION kernel.console_announce(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  wished text[] := ARRAY(SELECT jsonb_array_elements_text(input->'organizations'));
  places uuid[];
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  places := ARRAY(SELECT o.id FROM public.organizations o WHERE o.slug = ANY (wished) AND o.deleted_at IS NULL);
  IF cardinality(places) < cardinality(wished) THEN
    RETURN jsonb_build_object('answer', 'unknown_organizations', 'organizations', to_jsonb(ARRAY(SELECT w FROM unnest(wished) w WHERE NOT EXISTS (SELECT FROM public.organizations o WHERE o.slug = w AND o.deleted_at IS NULL))));
  END IF;
  INSERT INTO public.announcements (id, text, level, audience, organization_ids, from_at, until_at, created_by, created_at)
  VALUES (kernel.id_at(at), input->>'text', input->>'level', input->>'audience', places, coalesce((input->>'fromAt')::timestamptz, at), (input->>'untilAt')::timestamptz, admin.user_id, at);
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'announcement.made', array_to_string(wished[1:20], ', '), input->>'text', NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

CREATE FUNCTION kernel.console_end_announcement(session_hash bytea, at timestamptz, input jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  what   text;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN '{"answer": "not_allowed"}'; END IF;
  -- One that has not begun ends with its first moment.
  UPDATE public.announcements a SET until_at = greatest(at, a.from_at + interval '1 millisecond') WHERE a.id = (input->>'id')::uuid AND (a.until_at IS NULL OR a.until_at > at) RETURNING a.text INTO what;
  IF what IS NULL THEN RETURN '{"answer": "unknown"}'; END IF;
  PERFORM kernel.note_console(admin.user_id, admin.session_id, 'announcement.ended', NULL, what, NULL, '', '{}', at);
  RETURN '{"answer": "ok"}';
END $$;

DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY '{settings,save_settings,set_switch,announcements,announce,end_announcement}'::text[] LOOP
    CALL kernel.give_function(format('kernel.console_%s(bytea, timestamptz, jsonb)', it)::regprocedure, 'app_directory', '{app_platform}');
  END LOOP;
  FOREACH it IN ARRAY ARRAY['is_listed(text)', 'platform_settings_now()', 'is_enabled(uuid, text, boolean)', 'current_announcements(timestamptz)', 'find_person(bytea, timestamptz, int)', 'find_api_key(bytea, timestamptz, text)'] LOOP
    CALL kernel.give_function(('kernel.' || it)::regprocedure, 'app_directory', '{app_platform}');
  END LOOP;
END $$;
