-- Keys by which a program acts as a member, with a part of that member's rights, in one project if so wished.

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "api_key_id" UUID;

-- CreateTable
CREATE TABLE "api_keys" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "owner_user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "container_id" UUID,
    "rate_per_hour" INTEGER NOT NULL DEFAULT 1000,
    "usage_count" BIGINT NOT NULL DEFAULT 0,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "rotated_at" TIMESTAMPTZ(3),
    "rotated_from_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "api_keys_tenant_id_owner_user_id_revoked_at_idx" ON "api_keys"("tenant_id", "owner_user_id", "revoked_at");

-- CreateIndex
CREATE INDEX "api_keys_tenant_id_container_id_idx" ON "api_keys"("tenant_id", "container_id");

-- CreateIndex
CREATE INDEX "api_keys_key_hash_idx" ON "api_keys"("key_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_tenant_id_key_hash_key" ON "api_keys"("tenant_id", "key_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_tenant_id_rotated_from_id_key" ON "api_keys"("tenant_id", "rotated_from_id");

-- CreateIndex
CREATE INDEX "audit_events_tenant_id_api_key_id_idx" ON "audit_events"("tenant_id", "api_key_id");

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_rotated_from_id_fkey" FOREIGN KEY ("tenant_id", "rotated_from_id") REFERENCES "api_keys"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_tenant_id_api_key_id_fkey" FOREIGN KEY ("tenant_id", "api_key_id") REFERENCES "api_keys"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE api_keys ADD CHECK (char_length(name) BETWEEN 1 AND 80), ADD CHECK (prefix ~ '^bh_[A-Za-z0-9]{8}$'), ADD CHECK (octet_length(key_hash) = 32),
  ADD CHECK (cardinality(scopes) BETWEEN 1 AND 100), ADD CHECK (rate_per_hour BETWEEN 1 AND 20000);

-- ---------------------------------------------------------------------------------------------------------------
-- A transaction limited to one container: entered with it, and asked about by the policies and by containers_for.

CREATE FUNCTION kernel.enter(tenant uuid, person uuid, role text, only_container uuid) RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
  IF only_container IS NULL THEN
    RAISE EXCEPTION 'a limited transaction needs its container' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM kernel.enter(tenant, person, role);
  EXECUTE format('SET LOCAL app.container_limit = %L', only_container);
END $$;
REVOKE ALL ON FUNCTION kernel.enter(uuid, uuid, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.enter(uuid, uuid, text, uuid) TO app_tenant;

-- The policies call it: they are taken away, with every grant, and made anew below.
DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT p.tablename, p.policyname FROM pg_policies p WHERE p.schemaname = 'public' AND 'app_tenant' = ANY (p.roles) AND p.tablename IN (SELECT d.table_name FROM kernel.tables d WHERE d.family <> 'global') LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', it.policyname, it.tablename);
  END LOOP;
END $$;

-- As before; of a limited transaction the one container, if at all.
DROP FUNCTION kernel.containers_for(text);
CREATE FUNCTION kernel.containers_for(wish text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 200
AS $$
#variable_conflict use_column
DECLARE
  tenant  uuid := kernel.tenant_id();
  me      uuid := kernel.user_id();
  my_role text := kernel.role();
  needed  int := CASE wish WHEN 'view' THEN 1 WHEN 'edit' THEN 2 WHEN 'manage' THEN 3 END;
  only_one uuid := kernel.container_limit();
  ceiling int := CASE my_role WHEN 'viewer' THEN 1 ELSE 3 END;
BEGIN
  IF needed IS NULL THEN
    RAISE EXCEPTION 'unknown access %', wish USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF needed > ceiling THEN
    RETURN;
  END IF;
  RETURN QUERY
  WITH RECURSIVE my_teams AS (
    SELECT m.team_id FROM public.team_members m WHERE m.tenant_id = tenant AND m.user_id = me
  ), listed AS (
    SELECT m.container_id, max(CASE m.access WHEN 'view' THEN 1 WHEN 'edit' THEN 2 ELSE 3 END) AS level
      FROM public.container_members m
     WHERE m.tenant_id = tenant AND (m.user_id = me OR m.team_id IN (SELECT team_id FROM my_teams))
     GROUP BY m.container_id
  ), alone AS (
    SELECT c.id, c.parent_id, CASE
        WHEN c.owner_user_id = me THEN 3
        WHEN c.visibility = 'private' THEN coalesce(l.level, 0)
        WHEN my_role IN ('owner', 'admin') THEN 3
        WHEN my_role = 'manager' AND (c.visibility = 'organization' OR c.team_id IN (SELECT team_id FROM my_teams)) THEN 3
        WHEN l.level IS NOT NULL
          OR c.visibility = 'team' AND c.team_id IN (SELECT team_id FROM my_teams)
          OR c.visibility = 'organization' AND NOT (my_role = 'field' AND c.kind IN ('project', 'ledger', 'topic'))
          THEN greatest(l.level, CASE c.default_access WHEN 'edit' THEN 2 ELSE 1 END)
        ELSE 0
      END AS level
      FROM public.containers c LEFT JOIN listed l ON l.container_id = c.id
     WHERE c.tenant_id = tenant
  ), nested AS (
    SELECT a.id, a.level FROM alone a WHERE a.parent_id IS NULL
    UNION ALL
    SELECT a.id, least(a.level, n.level) FROM alone a JOIN nested n ON a.parent_id = n.id
  )
  SELECT n.id FROM nested n WHERE n.level >= needed AND (only_one IS NULL OR n.id = only_one);
END $$;
CALL kernel.give_function('kernel.containers_for(text)', 'app_kernel', '{app_tenant}');

-- As before, and: hidden columns are written and never read back.
DROP PROCEDURE kernel.protect_table(text, text, text, text, text, text[], text[], text);
CREATE PROCEDURE kernel.protect_table(
  table_name text, family text, container_column text DEFAULT NULL, person_column text DEFAULT NULL,
  write_level text DEFAULT 'edit', write_roles text[] DEFAULT NULL,
  commands text[] DEFAULT '{select,insert,update,delete}', role_column text DEFAULT NULL, hidden_columns text[] DEFAULT NULL
) LANGUAGE plpgsql
AS $$
DECLARE
  declared kernel.tables;
  planned  record;
  stale    record;
  columns  text;
BEGIN
  INSERT INTO kernel.tables (table_name, family, class, container_column, person_column, write_level, write_roles, role_column, commands, hidden_columns)
  VALUES (table_name, family, 'distributed', container_column, person_column, write_level, write_roles, role_column, commands, hidden_columns)
  ON CONFLICT ON CONSTRAINT tables_pkey DO UPDATE SET family = EXCLUDED.family, class = EXCLUDED.class,
    container_column = EXCLUDED.container_column, person_column = EXCLUDED.person_column,
    write_level = EXCLUDED.write_level, write_roles = EXCLUDED.write_roles,
    role_column = EXCLUDED.role_column, commands = EXCLUDED.commands, hidden_columns = EXCLUDED.hidden_columns
  RETURNING * INTO declared;

  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, app_tenant, app_platform', table_name);
  FOR stale IN SELECT p.policyname FROM pg_catalog.pg_policies p
    WHERE p.schemaname = 'public' AND p.tablename = declared.table_name AND 'app_tenant' = ANY (p.roles) LOOP
    EXECUTE format('DROP POLICY %I ON public.%I', stale.policyname, table_name);
  END LOOP;
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns FROM pg_catalog.pg_attribute a
   WHERE a.attrelid = ('public.' || quote_ident(table_name))::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (hidden_columns);
  FOR planned IN SELECT * FROM kernel.policies_of(declared) LOOP
    EXECUTE format('CREATE POLICY %I ON public.%I AS PERMISSIVE FOR %s TO app_tenant%s%s', planned.policy, table_name, planned.command,
      coalesce(' USING (' || planned.using_expression || ')', ''), coalesce(' WITH CHECK (' || planned.check_expression || ')', ''));
    EXECUTE format('GRANT %s%s ON public.%I TO app_tenant', planned.command, CASE WHEN planned.command = 'select' AND columns IS NOT NULL THEN ' (' || columns || ')' END, table_name);
  END LOOP;
  CALL kernel.let_erase(table_name);
END $$;
REVOKE ALL ON ROUTINE kernel.protect_table(text, text, text, text, text, text[], text[], text, text[]) FROM PUBLIC;

DO $$
DECLARE
  it kernel.tables;
BEGIN
  FOR it IN SELECT * FROM kernel.tables d WHERE d.family <> 'global' LOOP
    CALL kernel.protect_table(it.table_name, it.family, it.container_column, it.person_column, it.write_level, it.write_roles, it.commands, it.role_column, it.hidden_columns);
  END LOOP;
END $$;
CALL kernel.protect_table('api_keys', 'personal', person_column => 'owner_user_id', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,update}', hidden_columns => '{key_hash}');

-- ---------------------------------------------------------------------------------------------------------------
-- Keys are found before an organization is known; owners and admins see and revoke those of others by a function, so that
-- the table keeps one policy a command.

CREATE POLICY directory ON api_keys FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY tenant_for_kernel ON api_keys FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT ON api_keys TO app_directory, app_kernel;
GRANT UPDATE (usage_count, last_used_at) ON api_keys TO app_directory;
GRANT UPDATE (revoked_at, updated_at) ON api_keys TO app_kernel;

-- The member behind a key, now: nothing when it is unknown, ended, or its owner is no active member any more. A key that was
-- made before its owner joined (again) is dead with the membership it was made in. `is_here`: whether it is of the organization
-- asked for; only then is the use counted.
CREATE FUNCTION kernel.find_api_key(hash bytea, at timestamptz, wished_slug text)
RETURNS TABLE (key_id uuid, key_prefix text, scopes text[], container_id uuid, rate_per_hour int, is_here boolean, user_id uuid, email text, timezone text,
  tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text, organization_status text, suspended_reason text, role text, display_name text, modules text[], gate text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT k.id, k.prefix, k.scopes, k.container_id, k.rate_per_hour, o.slug = wished_slug, u.id, u.email, u.timezone,
    o.id, o.slug, o.name, o.colour, o.kind, o.timezone, o.status, o.suspended_reason, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key),
    CASE WHEN u.must_change_password OR m.password_change_required_at > coalesce(u.password_changed_at, '-infinity') THEN 'new_password'
         WHEN o.second_factor_required_at IS NOT NULL AND NOT kernel.has_second_factor(u.id)
           AND greatest(o.second_factor_required_at, m.joined_at) + make_interval(days => o.second_factor_grace_days) <= at THEN 'set_up_factor' END
    FROM public.api_keys k JOIN public.organizations o ON o.id = k.tenant_id AND o.deleted_at IS NULL
    JOIN public.memberships m ON m.tenant_id = k.tenant_id AND m.user_id = k.owner_user_id AND m.status = 'active' AND k.created_at >= coalesce(m.joined_at, '-infinity')
    JOIN public.users u ON u.id = m.user_id AND u.status = 'active'
   WHERE k.key_hash = hash AND k.revoked_at IS NULL AND k.expires_at > at
     AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active));
  UPDATE public.api_keys k SET usage_count = k.usage_count + 1, last_used_at = at FROM public.organizations o
   WHERE o.id = k.tenant_id AND o.slug = wished_slug AND k.key_hash = hash AND k.revoked_at IS NULL AND k.expires_at > at;
END $$;

CREATE FUNCTION kernel.list_api_keys()
RETURNS TABLE (id uuid, owner_user_id uuid, name text, prefix text, scopes text[], container_id uuid, rate_per_hour int, usage_count bigint, last_used_at timestamptz, expires_at timestamptz, revoked_at timestamptz, rotated_at timestamptz, created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  RETURN QUERY SELECT k.id, k.owner_user_id, k.name, k.prefix, k.scopes, k.container_id, k.rate_per_hour, k.usage_count, k.last_used_at, k.expires_at, k.revoked_at, k.rotated_at, k.created_at
    FROM public.api_keys k WHERE k.tenant_id = kernel.tenant_id() ORDER BY k.id DESC LIMIT 500;
END $$;

CREATE FUNCTION kernel.revoke_api_key(key uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  revoked text;
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  UPDATE public.api_keys k SET revoked_at = at, updated_at = at WHERE k.tenant_id = kernel.tenant_id() AND k.id = key AND k.revoked_at IS NULL RETURNING k.name INTO revoked;
  RETURN revoked;
END $$;

CALL kernel.give_function('kernel.find_api_key(bytea, timestamptz, text)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.list_api_keys()', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.revoke_api_key(uuid, timestamptz)', 'app_kernel', '{app_tenant}');
