-- Support sessions: the only way in which the people of the platform enter an organization that they are no member of.

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "support_session_id" UUID;

-- CreateTable
CREATE TABLE "support_sessions" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "admin_user_id" UUID NOT NULL,
    "admin_name" TEXT NOT NULL,
    "admin_email" TEXT NOT NULL,
    "web_session_id" UUID,
    "reason" TEXT NOT NULL,
    "reference" TEXT NOT NULL DEFAULT '',
    "mode" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "support_sessions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "support_sessions_tenant_id_status_id_idx" ON "support_sessions"("tenant_id", "status", "id");

-- CreateIndex
CREATE INDEX "support_sessions_tenant_id_decided_by_idx" ON "support_sessions"("tenant_id", "decided_by");

-- CreateIndex
CREATE INDEX "support_sessions_admin_user_id_status_idx" ON "support_sessions"("admin_user_id", "status");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_support_session_id_idx" ON "audit_events"("tenant_id", "support_session_id");

-- AddForeignKey
ALTER TABLE "support_sessions" ADD CONSTRAINT "support_sessions_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "support_sessions" ADD CONSTRAINT "support_sessions_tenant_id_decided_by_fkey" FOREIGN KEY ("tenant_id", "decided_by") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_tenant_id_support_session_id_fkey" FOREIGN KEY ("tenant_id", "support_session_id") REFERENCES "support_sessions"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE support_sessions ADD CHECK (char_length(btrim(reason)) BETWEEN 10 AND 1000), ADD CHECK (char_length(reference) <= 100), ADD CHECK (mode IN ('read_only', 'read_write')),
  ADD CHECK (status IN ('requested', 'active', 'ended', 'expired', 'declined')), ADD CHECK (minutes BETWEEN 5 AND 60), ADD CHECK (ended_by IN ('platform', 'organization', 'time')),
  ADD CHECK ((starts_at IS NULL) = (ends_at IS NULL)), ADD CHECK (status <> 'active' OR ends_at IS NOT NULL), ADD CHECK (ends_at <= starts_at + interval '60 minutes');
ALTER TABLE audit_events ADD CHECK (support_session_id IS NULL OR actor_kind = 'support');
-- An organization may also refuse support altogether.
ALTER TABLE organizations DROP CONSTRAINT organizations_support_policy_check, ADD CONSTRAINT organizations_support_policy_check CHECK (support_policy IN ('allow', 'ask', 'refuse'));

-- ---------------------------------------------------------------------------------------------------------------
-- A transaction under support: entered with its session, which the database looks at then. A session that may only look
-- gets a transaction that cannot write, whatever is sent in it.

CREATE FUNCTION kernel.support_session() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT nullif(current_setting('app.support_session_id', true), '')::uuid $$;

-- As whom support acts in an organization: one that nobody signs in as. Who it was stands in the session.
CREATE FUNCTION kernel.support_user() RETURNS uuid LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT '00000000-0000-7000-8000-000000005099'::uuid $$;

CREATE FUNCTION kernel.enter_support(tenant uuid, session uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  its_mode text;
BEGIN
  SELECT s.mode INTO its_mode
    FROM public.support_sessions s JOIN public.users u ON u.id = s.admin_user_id AND u.is_super_admin AND u.status = 'active'
    JOIN public.sessions w ON w.id = s.web_session_id AND w.user_id = s.admin_user_id AND w.revoked_at IS NULL AND w.expires_at > now()
    JOIN public.organizations o ON o.id = s.tenant_id AND o.deleted_at IS NULL AND o.support_policy <> 'refuse'
   WHERE s.tenant_id = tenant AND s.id = session AND s.status = 'active' AND s.ends_at > now();
  IF its_mode IS NULL THEN
    RAISE EXCEPTION 'this support session is over' USING ERRCODE = 'BH007';
  END IF;
  EXECUTE format('SET LOCAL app.tenant_id = %L', tenant);
  EXECUTE format('SET LOCAL app.user_id = %L', kernel.support_user());
  EXECUTE format('SET LOCAL app.role = %L', CASE its_mode WHEN 'read_write' THEN 'manager' ELSE 'viewer' END);
  EXECUTE format('SET LOCAL app.support_session_id = %L', session);
  IF its_mode = 'read_only' THEN
    SET LOCAL transaction_read_only = on;
  END IF;
END $$;

-- Whatever is written down under support says so, and nobody else's does.
CREATE FUNCTION kernel.hold_support() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF kernel.support_session() IS NOT NULL THEN
    NEW.actor_kind := 'support';
    NEW.support_session_id := kernel.support_session();
  ELSIF current_user = 'app_tenant' AND (NEW.support_session_id IS NOT NULL OR NEW.actor_kind = 'support') THEN
    RAISE EXCEPTION 'only support acts as support' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_support BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION kernel.hold_support();

-- ---------------------------------------------------------------------------------------------------------------
-- What is out of reach under support, by family: what is sensitive, and every write of what is one person's own (keys among
-- them). Private containers are out of reach as they are for everybody who is not listed in them.

CREATE OR REPLACE FUNCTION kernel.piece(what text, argument text, dialect text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$
  SELECT CASE dialect || ':' || what
    WHEN 'standard:tenant' THEN format('(%s = ( SELECT kernel.tenant_id() AS tenant_id))', argument)
    WHEN 'standard:me' THEN format('(%s = ( SELECT kernel.user_id() AS user_id))', argument)
    WHEN 'standard:role' THEN format('(( SELECT kernel.role() AS role) = ANY (%L::text[]))', argument)
    WHEN 'standard:view' THEN format('(%s IN ( SELECT kernel.containers_for(''view''::text) AS containers_for))', argument)
    WHEN 'standard:edit' THEN format('(%s IN ( SELECT kernel.containers_for(''edit''::text) AS containers_for))', argument)
    WHEN 'standard:manage' THEN format('(%s IN ( SELECT kernel.containers_for(''manage''::text) AS containers_for))', argument)
    WHEN 'standard:led' THEN format('(%s IN ( SELECT kernel.teams_i_lead() AS teams_i_lead))', argument)
    WHEN 'standard:unlimited' THEN '(( SELECT kernel.container_limit() AS container_limit) IS NULL)'
    WHEN 'standard:member' THEN '(( SELECT kernel.support_session() AS support_session) IS NULL)'
    WHEN 'distributed:tenant' THEN format('(%s = (current_setting(''app.tenant_id''::text))::uuid)', argument)
    WHEN 'distributed:me' THEN format('(%s = (current_setting(''app.user_id''::text))::uuid)', argument)
    WHEN 'distributed:role' THEN format('(current_setting(''app.role''::text) = ANY (%L::text[]))', argument)
    WHEN 'distributed:view' THEN format('(%s = ANY ((current_setting(''app.containers_view''::text))::uuid[]))', argument)
    WHEN 'distributed:edit' THEN format('(%s = ANY ((current_setting(''app.containers_edit''::text))::uuid[]))', argument)
    WHEN 'distributed:manage' THEN format('(%s = ANY ((current_setting(''app.containers_manage''::text))::uuid[]))', argument)
    WHEN 'distributed:unlimited' THEN '(NULLIF(current_setting(''app.container_limit''::text, true), ''''::text) IS NULL)'
    WHEN 'distributed:member' THEN '(NULLIF(current_setting(''app.support_session_id''::text, true), ''''::text) IS NULL)'
    WHEN 'distributed:led' THEN format('(%s = ANY ((current_setting(''app.teams_led''::text))::uuid[]))', argument)
  END
$$;

CREATE OR REPLACE FUNCTION kernel.condition(declared kernel.tables, command text, dialect text DEFAULT 'standard'::text)
 RETURNS text LANGUAGE plpgsql STABLE
AS $$
DECLARE
  parts   text[] := ARRAY[kernel.piece('tenant', 'tenant_id', dialect)];
  reading boolean := command = 'select';
  level   text := CASE WHEN command = 'select' THEN 'view' ELSE declared.write_level END;
  guards  text[];
BEGIN
  SELECT array_agg(attname::text) INTO guards FROM pg_catalog.pg_attribute
   WHERE attrelid = ('public.' || quote_ident(declared.table_name))::regclass AND NOT attisdropped
     AND attname IN ('container_id', 'from_container_id', 'owner_user_id', 'min_role', 'is_shared');

  CASE declared.family
    WHEN 'organization' THEN
      IF NOT reading THEN parts := parts || kernel.piece('unlimited', NULL, dialect); END IF;
    WHEN 'container' THEN
      parts := parts || kernel.piece(level, quote_ident(declared.container_column), dialect);
    WHEN 'container_itself' THEN
      -- A row is not yet in its own snapshot when INSERT … RETURNING asks for it, hence the owner's clause.
      IF reading THEN
        parts := parts || format('(%s OR (%s AND %s AND (deleted_at IS NULL) AND ((parent_id IS NULL) OR %s)))', kernel.piece('view', 'id', dialect),
          kernel.piece('unlimited', NULL, dialect), kernel.piece('me', 'owner_user_id', dialect), kernel.piece('view', 'parent_id', dialect));
      ELSIF command = 'insert' THEN
        parts := parts || kernel.piece('unlimited', NULL, dialect) || kernel.piece('me', 'owner_user_id', dialect)
          || format('((parent_id IS NULL) OR %s)', kernel.piece('edit', 'parent_id', dialect));
      ELSE
        -- Nobody hangs a container under one that they cannot edit, neither at first nor later.
        parts := parts || kernel.piece('manage', 'id', dialect)
          || format('((parent_id IS NULL) OR %s)', kernel.piece('edit', 'parent_id', dialect));
      END IF;
    WHEN 'personal' THEN
      parts := parts || kernel.piece('unlimited', NULL, dialect);
      IF NOT reading THEN parts := parts || kernel.piece('member', NULL, dialect); END IF;
      IF reading AND 'is_shared' = ANY (guards) THEN
        parts := parts || format('(is_shared OR %s)', kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect));
      ELSE
        parts := parts || kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect);
      END IF;
    WHEN 'sensitive' THEN
      parts := parts || kernel.piece('unlimited', NULL, dialect) || kernel.piece('member', NULL, dialect) || kernel.piece('role', '{owner,admin,manager}', dialect);
    WHEN 'guarded' THEN
      IF 'from_container_id' = ANY (guards) THEN
        -- What leads from one record to another is seen by whoever sees both, and written by whoever may write the first.
        parts := parts || kernel.piece(level, 'from_container_id', dialect) || kernel.piece('view', 'to_container_id', dialect);
      ELSIF 'container_id' = ANY (guards) THEN
        parts := parts || format('(((container_id IS NULL) AND %s) OR %s)', kernel.piece('unlimited', NULL, dialect), kernel.piece(level, 'container_id', dialect));
      ELSIF NOT reading THEN
        parts := parts || kernel.piece('unlimited', NULL, dialect);
      END IF;
      IF 'owner_user_id' = ANY (guards) THEN
        parts := parts || format('((owner_user_id IS NULL) OR %s)', kernel.piece('me', 'owner_user_id', dialect));
      END IF;
      IF 'min_role' = ANY (guards) THEN
        parts := parts || format('((min_role IS NULL) OR %s)', kernel.piece('role', '{owner,admin,manager}', dialect));
      END IF;
    WHEN 'history' THEN
      IF reading THEN
        parts := parts || format('((%s AND (%s OR %s)) OR %s)', kernel.piece('unlimited', NULL, dialect), kernel.piece('role', '{owner,admin}', dialect),
          kernel.piece('me', 'actor_user_id', dialect), kernel.piece('view', 'container_id', dialect));
      ELSE
        -- An event in a container is read by everyone who sees it, so only they may add one.
        parts := parts || kernel.piece('me', 'actor_user_id', dialect)
          || format('((container_id IS NULL) OR %s)', kernel.piece('view', 'container_id', dialect));
      END IF;
  END CASE;

  IF NOT reading AND declared.family <> 'history' THEN
    -- Rows of a team that somebody leads are theirs to write as a manager, whatever the role of the table asks for.
    IF declared.led_column IS NOT NULL THEN
      parts := parts || format('(%s OR (%s AND %s))', kernel.piece('role', declared.write_roles::text, dialect), kernel.piece('role', '{manager}', dialect), kernel.piece('led', quote_ident(declared.led_column), dialect));
    ELSE
      parts := parts || kernel.piece('role', coalesce(declared.write_roles, '{owner,admin,manager,member,field}')::text, dialect);
    END IF;
    IF declared.person_column IS NOT NULL AND declared.family <> 'personal' THEN
      parts := parts || kernel.piece('me', quote_ident(declared.person_column), dialect);
    END IF;
    -- A row that makes somebody an owner is an owner's to write, and an owner's row is nobody else's to change.
    IF declared.role_column IS NOT NULL THEN
      parts := parts || format('((%I <> ''owner''::text) OR %s)', declared.role_column, kernel.piece('role', '{owner}', dialect));
    END IF;
  END IF;
  RETURN CASE WHEN cardinality(parts) = 1 THEN parts[1] ELSE '(' || array_to_string(parts, ' AND ') || ')' END;
END $$;

REVOKE ALL ON FUNCTION kernel.support_session(), kernel.support_user(), kernel.hold_support() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.support_session() TO app_tenant, app_kernel, app_directory;
GRANT EXECUTE ON FUNCTION kernel.support_user() TO app_directory;

DO $$
DECLARE
  it kernel.tables;
BEGIN
  FOR it IN SELECT * FROM kernel.tables d WHERE d.family IN ('personal', 'sensitive') LOOP
    CALL kernel.protect_table(it.table_name, it.family, it.container_column, it.person_column, it.write_level, it.write_roles, it.commands, it.role_column, it.hidden_columns);
  END LOOP;
END $$;
-- Read by those who govern, written by functions alone.
CALL kernel.protect_table('support_sessions', 'sensitive', commands => '{select}');

CREATE POLICY directory ON support_sessions FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY tenant_for_kernel ON support_sessions FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT, INSERT ON support_sessions TO app_directory;
GRANT UPDATE (status, web_session_id, ended_at, ended_by, updated_at) ON support_sessions TO app_directory;
GRANT SELECT, UPDATE (status, starts_at, ends_at, ended_at, ended_by, decided_by, decided_at, updated_at) ON support_sessions TO app_kernel;
GRANT UPDATE (support_policy) ON organizations TO app_kernel;

-- As whom support acts is written as a former member: nobody assigns, names or invites it, and it takes no seat.
CREATE POLICY directory_for_support ON memberships FOR INSERT TO app_directory WITH CHECK (user_id = kernel.support_user() AND role = 'viewer' AND status = 'removed');
DROP POLICY directory_to_insert ON audit_events;
CREATE POLICY directory_to_insert ON audit_events FOR INSERT TO app_directory WITH CHECK (actor_kind = 'system' AND actor_user_id IS NULL OR action IN ('member.left', 'organization.restored') OR actor_kind = 'support' AND support_session_id IS NOT NULL);
CREATE POLICY directory_to_insert ON audit_details FOR INSERT TO app_directory WITH CHECK (container_id IS NULL AND owner_user_id IS NULL);
GRANT INSERT ON audit_details TO app_directory;

-- ---------------------------------------------------------------------------------------------------------------
-- Asking, entering, ending. What an organization is told is written in the same transaction.

CREATE FUNCTION kernel.note_support(tenant uuid, session uuid, what text, label text, changes jsonb, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  event uuid := gen_random_uuid();
BEGIN
  INSERT INTO public.audit_events (tenant_id, id, actor_user_id, actor_kind, support_session_id, action, entity_kind, entity_id, at)
  VALUES (tenant, event, kernel.support_user(), 'support', session, what, 'support_session', session, at);
  INSERT INTO public.audit_details (tenant_id, id, event_id, label, changes)
  SELECT tenant, gen_random_uuid(), event, left(label, 200), changes || jsonb_build_object('support', jsonb_build_array(NULL, s.admin_name))
    FROM public.support_sessions s WHERE s.tenant_id = tenant AND s.id = session;
END $$;

-- Every owner and admin, whatever they wish to be told of otherwise.
CREATE FUNCTION kernel.tell_admins(wished_kind text, wished_title text, wished_body text, wished_link text, record uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.notifications (tenant_id, id, owner_user_id, kind, title, body, link, entity_kind, entity_id, min_role, created_at)
  SELECT m.tenant_id, gen_random_uuid(), m.user_id, wished_kind, left(wished_title, 200), left(wished_body, 500), wished_link, 'support_session', record, 'manager', at
    FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'active' AND m.role IN ('owner', 'admin');
  PERFORM pg_notify('bulkhead_live', kernel.tenant_id() || ' ' || m.user_id)
    FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'active' AND m.role IN ('owner', 'admin');
END $$;

-- Who is behind a session of the browser, if they run the installation and have shown their second factor.
CREATE FUNCTION kernel.super_admin_of(session_hash bytea, at timestamptz)
RETURNS TABLE (user_id uuid, session_id uuid, name text, email text, proven_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.user_id, p.session_id, p.name, p.email, p.proven_at FROM kernel.find_person(session_hash, at, 0) p
   WHERE p.is_super_admin AND p.gate IS NULL AND p.has_second_factor AND p.session_kind = 'web'
$$;

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
  IF EXISTS (SELECT FROM public.support_sessions s WHERE s.admin_user_id = admin.user_id AND (s.status = 'requested' OR s.status = 'active' AND s.ends_at > at)) THEN RETURN QUERY SELECT 'nested', place.slug; RETURN; END IF;
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
  INSERT INTO public.platform_audit_events (id, user_id, action, subject, success, reason, at) VALUES (gen_random_uuid(), admin.user_id, CASE WHEN waits THEN 'support.requested' ELSE 'support.started' END, place.id::text, true, wished_reason, at);
  EXECUTE format('SET LOCAL app.tenant_id = %L', place.id);
  PERFORM kernel.tell_admins('support', CASE WHEN waits THEN admin.name || ' of support asks to come in' ELSE admin.name || ' of support has come in' END, wished_reason, '/settings/support', wished_id, at);
  RETURN QUERY SELECT CASE WHEN waits THEN 'requested' ELSE 'active' END, place.slug;
END $$;

-- The support session of this browser in the organization of this slug, and a note that the page was opened: once a minute each.
CREATE FUNCTION kernel.find_support(session_hash bytea, at timestamptz, wished_slug text, path text)
RETURNS TABLE (support_id uuid, mode text, admin_name text, ends_at timestamptz, reason text, tenant_id uuid, slug text, organization text, colour text, logo_hash text, kind text, organization_timezone text, user_id uuid, role text, display_name text, modules text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  admin record;
  it    record;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  IF NOT FOUND THEN RETURN; END IF;
  SELECT s.* INTO it FROM public.support_sessions s JOIN public.organizations o ON o.id = s.tenant_id AND o.slug = wished_slug AND o.deleted_at IS NULL AND o.support_policy <> 'refuse'
   WHERE s.admin_user_id = admin.user_id AND s.status = 'active' AND s.ends_at > greatest(at, now());
  IF NOT FOUND THEN RETURN; END IF;
  -- One that was consented to belongs to the browser that enters first.
  IF it.web_session_id IS NULL THEN
    UPDATE public.support_sessions s SET web_session_id = admin.session_id, updated_at = at WHERE s.tenant_id = it.tenant_id AND s.id = it.id AND s.web_session_id IS NULL;
  ELSIF it.web_session_id <> admin.session_id THEN
    RETURN;
  END IF;
  IF path IS NOT NULL AND NOT EXISTS (SELECT FROM public.audit_events e JOIN public.audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id
      WHERE e.tenant_id = it.tenant_id AND e.support_session_id = it.id AND e.action = 'support.page_opened' AND e.at > at - interval '1 minute' AND d.label = left(path, 200)) THEN
    PERFORM kernel.note_support(it.tenant_id, it.id, 'support.page_opened', path, '{}', at);
  END IF;
  RETURN QUERY SELECT it.id, it.mode, it.admin_name, it.ends_at, it.reason, o.id, o.slug, o.name, o.colour, o.logo_hash, o.kind, o.timezone, kernel.support_user(),
    CASE it.mode WHEN 'read_write' THEN 'manager' ELSE 'viewer' END, 'Support', ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key)
    FROM public.organizations o WHERE o.id = it.tenant_id;
END $$;

-- By whoever asked for it: an end, or a request taken back.
CREATE FUNCTION kernel.end_my_support(session_hash bytea, at timestamptz, support uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  admin  record;
  tenant uuid;
BEGIN
  SELECT * INTO admin FROM kernel.super_admin_of(session_hash, at);
  UPDATE public.support_sessions s SET status = 'ended', ended_at = at, ended_by = 'platform', updated_at = at
   WHERE s.id = support AND s.admin_user_id = admin.user_id AND s.status IN ('requested', 'active') RETURNING s.tenant_id INTO tenant;
  IF tenant IS NULL THEN RETURN 'gone'; END IF;
  PERFORM kernel.note_support(tenant, support, 'support.ended', '', '{}', at);
  RETURN 'ended';
END $$;

-- Those of everybody, for whoever runs the installation.
CREATE FUNCTION kernel.all_support_sessions(session_hash bytea, at timestamptz, how_many int)
RETURNS TABLE (id uuid, is_mine boolean, organization text, slug text, admin_name text, reason text, reference text, mode text, status text, minutes int, starts_at timestamptz, ends_at timestamptz, ended_at timestamptz, ended_by text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT s.id, s.admin_user_id = a.user_id, o.name, o.slug, s.admin_name, s.reason, s.reference, s.mode, CASE WHEN s.status = 'active' AND s.ends_at <= at THEN 'expired' ELSE s.status END, s.minutes, s.starts_at, s.ends_at, s.ended_at, s.ended_by, s.created_at
    FROM kernel.super_admin_of(session_hash, at) a, public.support_sessions s JOIN public.organizations o ON o.id = s.tenant_id
   ORDER BY s.created_at DESC, s.id DESC LIMIT how_many
$$;

-- Those whose time is over. Safe to run beside itself.
CREATE FUNCTION kernel.expire_support(at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it   record;
  gone bigint := 0;
BEGIN
  FOR it IN UPDATE public.support_sessions s SET status = 'expired', ended_at = coalesce(s.ends_at, at), ended_by = 'time', updated_at = at
    WHERE s.status = 'active' AND s.ends_at <= least(at, now()) OR s.status = 'requested' AND s.created_at <= least(at, now()) - interval '24 hours' RETURNING s.tenant_id, s.id LOOP
    PERFORM kernel.note_support(it.tenant_id, it.id, 'support.expired', '', '{}', at);
    gone := gone + 1;
  END LOOP;
  RETURN gone;
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- What the organization decides.

CREATE FUNCTION kernel.decide_support(session uuid, is_approved boolean, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  it record;
BEGIN
  PERFORM kernel.require_role('owner');
  SELECT s.* INTO it FROM public.support_sessions s WHERE s.tenant_id = kernel.tenant_id() AND s.id = session FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF it.status <> 'requested' OR it.created_at <= at - interval '24 hours' THEN RETURN 'over'; END IF;
  UPDATE public.support_sessions s SET status = CASE WHEN is_approved THEN 'active' ELSE 'declined' END, starts_at = CASE WHEN is_approved THEN at END, ends_at = CASE WHEN is_approved THEN at + make_interval(mins => s.minutes) END,
    decided_by = kernel.user_id(), decided_at = at, updated_at = at WHERE s.tenant_id = kernel.tenant_id() AND s.id = session;
  RETURN CASE WHEN is_approved THEN 'active' ELSE 'declined' END;
END $$;

CREATE FUNCTION kernel.end_support(session uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  UPDATE public.support_sessions s SET status = 'ended', ended_at = at, ended_by = 'organization', updated_at = at WHERE s.tenant_id = kernel.tenant_id() AND s.id = session AND s.status IN ('requested', 'active');
  RETURN CASE WHEN FOUND THEN 'ended' WHEN EXISTS (SELECT FROM public.support_sessions s WHERE s.tenant_id = kernel.tenant_id() AND s.id = session) THEN 'over' ELSE 'unknown' END;
END $$;

-- Who refuses support altogether ends what is open with it; the ids of those.
CREATE FUNCTION kernel.set_support_policy(wished text, at timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner');
  UPDATE public.organizations o SET support_policy = wished, updated_at = at WHERE o.id = kernel.tenant_id();
  IF wished = 'refuse' THEN
    RETURN QUERY UPDATE public.support_sessions s SET status = 'ended', ended_at = at, ended_by = 'organization', updated_at = at WHERE s.tenant_id = kernel.tenant_id() AND s.status IN ('requested', 'active') RETURNING s.id;
  END IF;
END $$;

CALL kernel.give_function('kernel.enter_support(uuid, uuid)', 'app_directory', '{app_tenant}');
CALL kernel.give_function('kernel.note_support(uuid, uuid, text, text, jsonb, timestamptz)', 'app_directory', '{}');
CALL kernel.give_function('kernel.tell_admins(text, text, text, text, uuid, timestamptz)', 'app_kernel', '{app_directory}');
CALL kernel.give_function('kernel.super_admin_of(bytea, timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.request_support(bytea, timestamptz, text, uuid, text, text, int, text, boolean)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.find_support(bytea, timestamptz, text, text)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.end_my_support(bytea, timestamptz, uuid)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.all_support_sessions(bytea, timestamptz, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.expire_support(timestamptz)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.decide_support(uuid, boolean, timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.end_support(uuid, timestamptz)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.set_support_policy(text, timestamptz)', 'app_kernel', '{app_tenant}');
