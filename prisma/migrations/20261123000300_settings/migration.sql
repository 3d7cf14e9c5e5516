-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "allowed_domains" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "logo_hash" TEXT,
ADD COLUMN     "session_hours" INTEGER;

-- CreateTable
CREATE TABLE "organization_logos" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_logos_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "organization_slugs" (
    "slug" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organization_slugs_pkey" PRIMARY KEY ("slug")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_logos_tenant_id_key" ON "organization_logos"("tenant_id");

-- CreateIndex
CREATE INDEX "organization_slugs_organization_id_idx" ON "organization_slugs"("organization_id");

-- AddForeignKey
ALTER TABLE "organization_logos" ADD CONSTRAINT "organization_logos_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "organization_slugs" ADD CONSTRAINT "organization_slugs_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;


ALTER TABLE organizations ADD CHECK (session_hours BETWEEN 1 AND 720), ADD CHECK (cardinality(allowed_domains) <= 50), ADD CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE organization_logos ADD CHECK (mime IN ('image/png', 'image/jpeg', 'image/webp')), ADD CHECK (octet_length(bytes) BETWEEN 1 AND 262144);
CALL kernel.protect_table('organization_logos', 'organization', write_roles => '{owner,admin}');
CALL kernel.protect_global_table('organization_slugs', 'local', '{}');
CREATE POLICY directory ON organization_slugs FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON organization_slugs TO app_directory;
GRANT UPDATE (name, slug, timezone, currency, colour, logo_hash, session_hours, allowed_domains, deleted_at, purge_after) ON organizations TO app_directory;

-- An address that another organization has had lately is not taken: its members are still led on by it. Asked after the unique
-- index, so that whoever waited there for a change of address sees what came of it.
CREATE FUNCTION kernel.hold_slug() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF EXISTS (SELECT FROM public.organization_slugs s WHERE s.slug = NEW.slug AND s.organization_id <> NEW.id AND s.until > clock_timestamp()) THEN
    RAISE EXCEPTION 'organizations_slug_key: this address leads to another organization still' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hold_slug AFTER INSERT ON organizations FOR EACH ROW EXECUTE FUNCTION kernel.hold_slug();
CREATE TRIGGER hold_slug_again AFTER UPDATE ON organizations FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION kernel.hold_slug();

-- Only people of these domains, where an organization says so: by invitation, rule, request or hand alike.
CREATE FUNCTION kernel.hold_domains() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  domains text[];
  address text;
BEGIN
  SELECT o.allowed_domains INTO domains FROM public.organizations o WHERE o.id = NEW.tenant_id;
  IF cardinality(domains) > 0 THEN
    IF TG_TABLE_NAME = 'invitations' THEN
      address := NEW.email_lc;
    ELSE
      SELECT u.email_lc INTO address FROM public.users u WHERE u.id = NEW.user_id AND u.kind = 'person';
    END IF;
    IF address IS NOT NULL AND split_part(address, '@', 2) <> ALL (domains) THEN
      RAISE EXCEPTION '%', json_build_object('domains', domains) USING ERRCODE = 'BH004';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hold_domains AFTER INSERT ON memberships FOR EACH ROW WHEN (NEW.status IN ('active', 'pending_approval')) EXECUTE FUNCTION kernel.hold_domains();
CREATE TRIGGER hold_domains_again AFTER UPDATE ON memberships FOR EACH ROW WHEN (NEW.status IN ('active', 'pending_approval') AND OLD.status NOT IN ('active', 'pending_approval')) EXECUTE FUNCTION kernel.hold_domains();
CREATE TRIGGER hold_domains AFTER INSERT ON invitations FOR EACH ROW EXECUTE FUNCTION kernel.hold_domains();

-- What the organization entered is called, where it is found, and how it looks. An address it leaves leads its members on for 90 days.
CREATE FUNCTION kernel.update_organization(wished jsonb, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  mine   uuid := kernel.tenant_id();
  before text;
BEGIN
  PERFORM kernel.require_admin();
  SELECT o.slug INTO before FROM public.organizations o WHERE o.id = mine FOR NO KEY UPDATE;
  BEGIN
    UPDATE public.organizations o SET name = wished->>'name', slug = wished->>'slug', timezone = wished->>'timezone', currency = wished->>'currency', colour = wished->>'colour', updated_at = at WHERE o.id = mine;
  EXCEPTION WHEN unique_violation THEN
    RETURN 'slug_taken';
  END;
  IF before <> wished->>'slug' THEN
    DELETE FROM public.organization_slugs s WHERE s.slug IN (before, wished->>'slug') AND (s.organization_id = mine OR s.until <= at);
    INSERT INTO public.organization_slugs (slug, organization_id, until) VALUES (before, mine, at + interval '90 days');
    -- Three at most: nobody keeps names from others by trying them on.
    DELETE FROM public.organization_slugs s WHERE s.organization_id = mine AND s.slug NOT IN (SELECT k.slug FROM public.organization_slugs k WHERE k.organization_id = mine ORDER BY k.until DESC LIMIT 3);
  END IF;
  RETURN 'saved';
END $$;
CREATE FUNCTION kernel.set_logo_hash(hash text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_admin();
  UPDATE public.organizations o SET logo_hash = hash, updated_at = at WHERE o.id = kernel.tenant_id();
END $$;
CREATE FUNCTION kernel.set_security(hours int, domains text[], at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_admin();
  UPDATE public.organizations o SET session_hours = hours, allowed_domains = domains, updated_at = at WHERE o.id = kernel.tenant_id();
END $$;

-- As kernel.require_role, for functions that act across organizations.
CREATE FUNCTION kernel.require_admin() RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF kernel.role() IN ('owner', 'admin') AND EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.role IN ('owner', 'admin')) THEN
    RETURN;
  END IF;
  RAISE EXCEPTION 'this takes the role of owner or admin' USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION kernel.require_admin() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.require_admin() TO app_directory;

-- Where an address that an organization has left leads: for its members only.
CREATE FUNCTION kernel.moved_to(person uuid, old text, at timestamptz) RETURNS TABLE (slug text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.slug FROM public.organization_slugs s JOIN public.organizations o ON o.id = s.organization_id AND o.deleted_at IS NULL
    JOIN public.memberships m ON m.tenant_id = o.id AND m.user_id = person AND m.status = 'active'
   WHERE s.slug = old AND s.until > at
$$;

-- ---------------------------------------------------------------------------------------------------------------
-- The end of an organization: gone at once, back within 30 days by an owner, then erased.

CREATE FUNCTION kernel.delete_organization(at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_admin();
  PERFORM FROM public.organizations o WHERE o.id = kernel.tenant_id() FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.role = 'owner') THEN
    RAISE EXCEPTION 'this takes the role of owner' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id <> kernel.user_id() AND m.status = 'active' AND m.role = 'owner') THEN RETURN 'other_owners'; END IF;
  UPDATE public.organizations o SET deleted_at = at, purge_after = at + interval '30 days', updated_at = at WHERE o.id = kernel.tenant_id() AND o.deleted_at IS NULL;
  RETURN CASE WHEN FOUND THEN 'deleted' ELSE 'gone' END;
END $$;
CREATE FUNCTION kernel.deleted_of(person uuid, at timestamptz) RETURNS TABLE (tenant_id uuid, name text, colour text, deleted_at timestamptz, purge_after timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.name, o.colour, o.deleted_at, o.purge_after FROM public.organizations o JOIN public.memberships m ON m.tenant_id = o.id
   WHERE m.user_id = person AND m.role = 'owner' AND m.status = 'active' AND o.deleted_at IS NOT NULL AND o.purge_after > at ORDER BY o.deleted_at DESC
$$;
CREATE FUNCTION kernel.restore_organization(tenant uuid, event_id uuid, at timestamptz) RETURNS TABLE (slug text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  UPDATE public.organizations o SET deleted_at = NULL, purge_after = NULL, updated_at = at
   WHERE o.id = tenant AND EXISTS (SELECT FROM kernel.deleted_of(kernel.user_id(), greatest(at, now())) d WHERE d.tenant_id = tenant);
  IF FOUND THEN
    INSERT INTO public.audit_events (tenant_id, id, actor_user_id, action, entity_kind, entity_id, at) VALUES (tenant, event_id, kernel.user_id(), 'organization.restored', 'organization', tenant, at);
    RETURN QUERY SELECT o.slug FROM public.organizations o WHERE o.id = tenant;
  END IF;
END $$;
DROP POLICY directory_to_insert ON audit_events;
CREATE POLICY directory_to_insert ON audit_events FOR INSERT TO app_directory WITH CHECK (actor_kind = 'system' AND actor_user_id IS NULL OR action IN ('member.left', 'organization.restored'));

-- The column by which rows of a table hang on others of the same table.
CREATE FUNCTION kernel.own_parent(wished text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT a.attname::text FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[cardinality(c.conkey)]
   WHERE c.contype = 'f' AND c.conrelid = c.confrelid AND c.conrelid = ('public.' || quote_ident(wished))::regclass LIMIT 1
$$;
REVOKE ALL ON FUNCTION kernel.own_parent(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.own_parent(text) TO app_directory;

-- Erasing. On every table that holds a tenant's rows the directory may delete those of an organization whose time is over, and of
-- no other, whatever function asks: the policy comes with the protection of the table. So that it can begin with rows on which no
-- other hangs, it reads which those are.
CREATE PROCEDURE kernel.let_erase(table_name text) LANGUAGE plpgsql
AS $$
BEGIN
  EXECUTE format('DROP POLICY IF EXISTS directory_to_erase ON public.%I', table_name);
  EXECUTE format('CREATE POLICY directory_to_erase ON public.%I FOR DELETE TO app_directory USING (tenant_id IN (SELECT o.id FROM public.organizations o WHERE o.purge_after <= now()))', table_name);
  EXECUTE format('DROP POLICY IF EXISTS directory_to_find ON public.%I', table_name);
  EXECUTE format('CREATE POLICY directory_to_find ON public.%I FOR SELECT TO app_directory USING (tenant_id IN (SELECT o.id FROM public.organizations o WHERE o.purge_after <= now()))', table_name);
  EXECUTE format('GRANT SELECT (tenant_id, id%s), DELETE ON public.%I TO app_directory', ', ' || quote_ident(kernel.own_parent(table_name)), table_name);
END $$;
REVOKE ALL ON ROUTINE kernel.let_erase(text) FROM PUBLIC;
DO $$
DECLARE
  it text;
BEGIN
  FOR it IN SELECT t.table_name FROM kernel.tables t WHERE t.family <> 'global' LOOP
    CALL kernel.let_erase(it);
  END LOOP;
END $$;

-- As before, and what is protected can be erased.
CREATE OR REPLACE PROCEDURE kernel.protect_table(
  table_name text, family text, container_column text DEFAULT NULL, person_column text DEFAULT NULL,
  write_level text DEFAULT 'edit', write_roles text[] DEFAULT NULL,
  commands text[] DEFAULT '{select,insert,update,delete}', role_column text DEFAULT NULL
) LANGUAGE plpgsql
AS $$
DECLARE
  declared kernel.tables;
  planned  record;
  stale    record;
BEGIN
  INSERT INTO kernel.tables (table_name, family, class, container_column, person_column, write_level, write_roles, role_column, commands)
  VALUES (table_name, family, 'distributed', container_column, person_column, write_level, write_roles, role_column, commands)
  ON CONFLICT ON CONSTRAINT tables_pkey DO UPDATE SET family = EXCLUDED.family, class = EXCLUDED.class,
    container_column = EXCLUDED.container_column, person_column = EXCLUDED.person_column,
    write_level = EXCLUDED.write_level, write_roles = EXCLUDED.write_roles,
    role_column = EXCLUDED.role_column, commands = EXCLUDED.commands
  RETURNING * INTO declared;

  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, app_tenant, app_platform', table_name);
  FOR stale IN SELECT p.policyname FROM pg_catalog.pg_policies p
    WHERE p.schemaname = 'public' AND p.tablename = declared.table_name AND 'app_tenant' = ANY (p.roles) LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', stale.policyname, table_name);
  END LOOP;
  FOR planned IN SELECT * FROM kernel.policies_of(declared) LOOP
    EXECUTE format('CREATE POLICY %I ON public.%I AS PERMISSIVE FOR %s TO app_tenant%s%s', planned.policy, table_name, planned.command,
      coalesce(' USING (' || planned.using_expression || ')', ''), coalesce(' WITH CHECK (' || planned.check_expression || ')', ''));
    EXECUTE format('GRANT %s ON public.%I TO app_tenant', planned.command, table_name);
  END LOOP;
  CALL kernel.let_erase(table_name);
END $$;

CREATE FUNCTION kernel.due_for_erasure(at timestamptz) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT o.id FROM public.organizations o WHERE o.deleted_at IS NOT NULL AND o.purge_after <= least(at, now()) ORDER BY o.purge_after LIMIT 50 $$;

-- Takes out rows of an organization whose time is over, children before parents, so many a call: a large one takes longer than a
-- statement may. At last the organization goes. Answers how many rows there were, and whether it is over. A table that nobody
-- thought of cannot be left behind: the list is the one that protects them, and the organization's own row would not go while
-- anything still points at it.
CREATE FUNCTION kernel.erase_organization(tenant uuid, at timestamptz, how_many int) RETURNS TABLE (gone bigint, is_over boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  remaining text[];
  ready     text[];
  it        text;
  portion   bigint;
  strangers uuid[];
BEGIN
  gone := 0;
  is_over := false;
  PERFORM FROM public.organizations o WHERE o.id = tenant AND o.deleted_at IS NOT NULL AND o.purge_after <= least(at, now()) FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this organization is not to be erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT array_agg(t.table_name) INTO remaining FROM kernel.tables t WHERE t.family <> 'global';
  WHILE cardinality(remaining) > 0 LOOP
    SELECT array_agg(r) INTO ready FROM unnest(remaining) r WHERE NOT EXISTS (
      SELECT FROM pg_catalog.pg_constraint c JOIN unnest(remaining) other ON c.conrelid = ('public.' || other)::regclass
       WHERE c.contype = 'f' AND c.confrelid = ('public.' || r)::regclass AND other <> r);
    IF ready IS NULL THEN
      RAISE EXCEPTION 'these tables point at each other in a circle: %', remaining;
    END IF;
    FOREACH it IN ARRAY ready LOOP
      -- Those who stand in it for what somebody made elsewhere: nobody's account, and of no use without it.
      IF it = 'memberships' THEN
        strangers := ARRAY(SELECT m.user_id FROM public.memberships m JOIN public.users u ON u.id = m.user_id AND u.kind = 'system' WHERE m.tenant_id = tenant);
      END IF;
      LOOP
        EXECUTE format('DELETE FROM public.%1$I WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT r.id FROM public.%1$I r WHERE r.tenant_id = $1%2$s LIMIT $2))', it,
          ' AND NOT EXISTS (SELECT FROM public.' || quote_ident(it) || ' c WHERE c.tenant_id = $1 AND c.' || quote_ident(kernel.own_parent(it)) || ' = r.id)') USING tenant, how_many - gone;
        GET DIAGNOSTICS portion = ROW_COUNT;
        gone := gone + portion;
        EXIT WHEN portion = 0 OR gone >= how_many;
      END LOOP;
      IF it = 'memberships' THEN
        DELETE FROM public.users u WHERE u.id = ANY (strangers);
      END IF;
      IF gone >= how_many THEN
        RETURN NEXT;
        RETURN;
      END IF;
    END LOOP;
    SELECT array_agg(r) INTO remaining FROM unnest(remaining) r WHERE r <> ALL (ready);
  END LOOP;
  DELETE FROM public.organization_slugs s WHERE s.organization_id = tenant;
  DELETE FROM public.notification_mutes q WHERE q.organization_id = tenant;
  DELETE FROM public.organizations o WHERE o.id = tenant;
  INSERT INTO public.platform_audit_events (id, action, subject, success, at) VALUES (gen_random_uuid(), 'organization.erased', tenant::text, true, at);
  gone := gone + 1;
  is_over := true;
  RETURN NEXT;
END $$;
CREATE POLICY directory_to_erase ON users FOR DELETE TO app_directory USING (kind = 'system' AND NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = users.id));
GRANT DELETE ON users TO app_directory;
GRANT DELETE ON organizations TO app_directory;
GRANT SELECT ON kernel.tables TO app_directory;

-- As before, and: what the organization looks like, and whether its members have to show again who they are.
DROP FUNCTION kernel.find_member(bytea, timestamptz, int, text);
CREATE FUNCTION kernel.find_member(session_hash bytea, at timestamptz, idle_minutes int, wished_slug text)
RETURNS TABLE (session_id uuid, session_kind text, method text, proven_at timestamptz, user_id uuid, name text, email text, email_verified boolean, timezone text, locale text,
  avatar_hash text, is_super_admin boolean, has_second_factor boolean, has_password boolean, gate text,
  tenant_id uuid, slug text, organization text, colour text, logo_hash text, kind text, organization_timezone text, organization_status text,
  suspended_reason text, role text, display_name text, modules text[], factor_by timestamptz, organization_gate text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH answer AS (
  SELECT p.*, o.id AS tenant_id, o.slug, o.name AS organization, o.colour, o.logo_hash, o.kind, o.timezone AS organization_timezone, o.status, o.suspended_reason, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key),
    f.factor_by,
    CASE WHEN m.password_change_required_at > coalesce((SELECT u.password_changed_at FROM public.users u WHERE u.id = p.user_id), '-infinity') THEN 'new_password'
         WHEN f.factor_by <= at THEN 'set_up_factor'
         WHEN p.proven_at < at - make_interval(hours => o.session_hours) THEN 'prove_again'
         WHEN m.onboarding_done_at IS NULL AND NOT m.skip_onboarding THEN 'onboarding' END
  FROM kernel.find_person(session_hash, at, idle_minutes) p
  LEFT JOIN (public.organizations o JOIN public.memberships m ON m.tenant_id = o.id AND m.status = 'active')
    ON o.slug = wished_slug AND o.deleted_at IS NULL AND m.user_id = p.user_id AND p.gate IS NULL
      AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
  LEFT JOIN LATERAL (SELECT greatest(o.second_factor_required_at, m.joined_at) + make_interval(days => o.second_factor_grace_days) AS factor_by
    WHERE o.second_factor_required_at IS NOT NULL AND NOT p.has_second_factor) f ON true
  ), touched AS (
    UPDATE public.memberships m SET last_active_at = at FROM answer a
     WHERE m.tenant_id = a.tenant_id AND m.user_id = a.user_id AND (m.last_active_at IS NULL OR m.last_active_at < at - interval '5 minutes')
  )
  SELECT * FROM answer
$$;

DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT * FROM (VALUES
    ('hold_slug()', 'app_directory', '{}'), ('hold_domains()', 'app_directory', '{}'), ('update_organization(jsonb, timestamptz)', 'app_directory', '{app_tenant}'), ('set_logo_hash(text, timestamptz)', 'app_directory', '{app_tenant}'),
    ('set_security(int, text[], timestamptz)', 'app_directory', '{app_tenant}'), ('moved_to(uuid, text, timestamptz)', 'app_directory', '{app_platform}'), ('delete_organization(timestamptz)', 'app_directory', '{app_tenant}'),
    ('deleted_of(uuid, timestamptz)', 'app_directory', '{app_platform}'), ('restore_organization(uuid, uuid, timestamptz)', 'app_directory', '{app_platform}'), ('due_for_erasure(timestamptz)', 'app_directory', '{app_platform}'),
    ('erase_organization(uuid, timestamptz, int)', 'app_directory', '{app_platform}'), ('find_member(bytea, timestamptz, int, text)', 'app_directory', '{app_platform}')
  ) AS v(signature, owner, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, it.owner::name, it.callers::name[]);
  END LOOP;
END $$;
