-- The tenancy kernel: who is asking, what they may see, and the one procedure that protects a table.
-- Rules and the trap behind each: docs/isolation.md.

CREATE SCHEMA kernel;
REVOKE ALL ON SCHEMA kernel FROM PUBLIC;
GRANT USAGE ON SCHEMA kernel TO app_tenant, app_platform, app_kernel, app_directory;

-- ---------------------------------------------------------------------------------------------------------------
-- Context. Strict: without it a read is an error (42704 never set, 22P02 left over as ''), never an empty list.

CREATE FUNCTION kernel.tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT current_setting('app.tenant_id')::uuid $$;

CREATE FUNCTION kernel.user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT current_setting('app.user_id')::uuid $$;

CREATE FUNCTION kernel.role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT current_setting('app.role') $$;

-- The only way in. SET LOCAL ends with the transaction; outside of one it would end with this very statement.
CREATE FUNCTION kernel.enter(tenant uuid, person uuid, role text) RETURNS void LANGUAGE plpgsql
AS $$
BEGIN
  IF tenant IS NULL OR person IS NULL OR role IS NULL
     OR role NOT IN ('owner', 'admin', 'manager', 'member', 'field', 'viewer') THEN
    RAISE EXCEPTION 'kernel.enter needs a tenant, a person and a known role' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('SET LOCAL app.tenant_id = %L', tenant);
  EXECUTE format('SET LOCAL app.user_id = %L', person);
  EXECUTE format('SET LOCAL app.role = %L', role);
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Declarations: one row a table, the single list that policies, grants, the isolation report and the tests read.

CREATE TABLE kernel.tables (
  table_name       text PRIMARY KEY,
  family           text NOT NULL CHECK (family IN ('organization', 'container', 'container_itself', 'personal', 'sensitive', 'guarded', 'history', 'global')),
  class            text NOT NULL CHECK (class IN ('distributed', 'reference', 'local')),
  container_column text,
  person_column    text,
  write_level      text NOT NULL DEFAULT 'edit' CHECK (write_level IN ('view', 'edit', 'manage')),
  write_roles      text[],
  role_column      text,
  commands         text[] NOT NULL DEFAULT '{}' CHECK (commands <@ '{select,insert,update,delete}'::text[]),
  CHECK ((family = 'global') = (class <> 'distributed')),
  CHECK ((family = 'container') = (container_column IS NOT NULL))
);
GRANT SELECT ON kernel.tables TO app_tenant, app_platform;

-- The pieces a policy is made of. Dialect 'standard' reads the context once a statement, in a sub-select; 'distributed'
-- is for servers whose shards accept no sub-select in a policy: bare settings, and the ids of containers from a setting.
-- The text is the one that PostgreSQL prints (parentheses, aliases, casts), so that the report compares it with the catalog
-- letter by letter, without having to create anything.
CREATE FUNCTION kernel.piece(what text, argument text, dialect text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$
  SELECT CASE dialect || ':' || what
    WHEN 'standard:tenant' THEN format('(%s = ( SELECT kernel.tenant_id() AS tenant_id))', argument)
    WHEN 'standard:me' THEN format('(%s = ( SELECT kernel.user_id() AS user_id))', argument)
    WHEN 'standard:role' THEN format('(( SELECT kernel.role() AS role) = ANY (%L::text[]))', argument)
    WHEN 'standard:view' THEN format('(%s IN ( SELECT kernel.containers_for(''view''::text) AS containers_for))', argument)
    WHEN 'standard:edit' THEN format('(%s IN ( SELECT kernel.containers_for(''edit''::text) AS containers_for))', argument)
    WHEN 'standard:manage' THEN format('(%s IN ( SELECT kernel.containers_for(''manage''::text) AS containers_for))', argument)
    WHEN 'distributed:tenant' THEN format('(%s = (current_setting(''app.tenant_id''::text))::uuid)', argument)
    WHEN 'distributed:me' THEN format('(%s = (current_setting(''app.user_id''::text))::uuid)', argument)
    WHEN 'distributed:role' THEN format('(current_setting(''app.role''::text) = ANY (%L::text[]))', argument)
    WHEN 'distributed:view' THEN format('(%s = ANY ((current_setting(''app.containers_view''::text))::uuid[]))', argument)
    WHEN 'distributed:edit' THEN format('(%s = ANY ((current_setting(''app.containers_edit''::text))::uuid[]))', argument)
    WHEN 'distributed:manage' THEN format('(%s = ANY ((current_setting(''app.containers_manage''::text))::uuid[]))', argument)
  END
$$;

-- What app_tenant may read (command select) or write of a declared table, all conditions ANDed into one expression.
CREATE FUNCTION kernel.condition(declared kernel.tables, command text, dialect text DEFAULT 'standard') RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
  parts   text[] := ARRAY[kernel.piece('tenant', 'tenant_id', dialect)];
  reading boolean := command = 'select';
  level   text := CASE WHEN command = 'select' THEN 'view' ELSE declared.write_level END;
  guards  text[];
BEGIN
  SELECT array_agg(attname::text) INTO guards FROM pg_catalog.pg_attribute
   WHERE attrelid = ('public.' || quote_ident(declared.table_name))::regclass AND NOT attisdropped
     AND attname IN ('container_id', 'owner_user_id', 'min_role');

  CASE declared.family
    WHEN 'organization' THEN NULL;
    WHEN 'container' THEN
      parts := parts || kernel.piece(level, quote_ident(declared.container_column), dialect);
    WHEN 'container_itself' THEN
      -- A row is not yet in its own snapshot when INSERT … RETURNING asks for it, hence the owner's clause.
      IF reading THEN
        parts := parts || format('(%s OR (%s AND ((parent_id IS NULL) OR %s)))', kernel.piece('view', 'id', dialect),
          kernel.piece('me', 'owner_user_id', dialect), kernel.piece('view', 'parent_id', dialect));
      ELSIF command = 'insert' THEN
        parts := parts || kernel.piece('me', 'owner_user_id', dialect)
          || format('((parent_id IS NULL) OR %s)', kernel.piece('edit', 'parent_id', dialect));
      ELSE
        -- Nobody hangs a container under one that they cannot edit, neither at first nor later.
        parts := parts || kernel.piece('manage', 'id', dialect)
          || format('((parent_id IS NULL) OR %s)', kernel.piece('edit', 'parent_id', dialect));
      END IF;
    WHEN 'personal' THEN
      parts := parts || kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect);
    WHEN 'sensitive' THEN
      parts := parts || kernel.piece('role', '{owner,admin,manager}', dialect);
    WHEN 'guarded' THEN
      IF 'container_id' = ANY (guards) THEN
        parts := parts || format('((container_id IS NULL) OR %s)', kernel.piece(level, 'container_id', dialect));
      END IF;
      IF 'owner_user_id' = ANY (guards) THEN
        parts := parts || format('((owner_user_id IS NULL) OR %s)', kernel.piece('me', 'owner_user_id', dialect));
      END IF;
      IF 'min_role' = ANY (guards) THEN
        parts := parts || format('((min_role IS NULL) OR %s)', kernel.piece('role', '{owner,admin,manager}', dialect));
      END IF;
    WHEN 'history' THEN
      IF reading THEN
        parts := parts || format('(%s OR %s OR %s)', kernel.piece('role', '{owner,admin}', dialect),
          kernel.piece('me', 'actor_user_id', dialect), kernel.piece('view', 'container_id', dialect));
      ELSE
        -- An event in a container is read by everyone who sees it, so only they may add one.
        parts := parts || kernel.piece('me', 'actor_user_id', dialect)
          || format('((container_id IS NULL) OR %s)', kernel.piece('view', 'container_id', dialect));
      END IF;
  END CASE;

  IF NOT reading AND declared.family <> 'history' THEN
    parts := parts || kernel.piece('role', coalesce(declared.write_roles, '{owner,admin,manager,member,field}')::text, dialect);
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

-- The policies that a declared table must have and no other: compared with the catalog by the report and the tests.
CREATE FUNCTION kernel.policies_of(declared kernel.tables, dialect text DEFAULT 'standard')
RETURNS TABLE (policy text, command text, using_expression text, check_expression text) LANGUAGE sql STABLE
AS $$
  SELECT (CASE declared.family
      WHEN 'organization' THEN 'rows_of_current_tenant'
      WHEN 'container' THEN 'rows_in_my_containers'
      WHEN 'container_itself' THEN 'containers_of_mine'
      WHEN 'personal' THEN 'rows_of_mine'
      WHEN 'sensitive' THEN 'rows_for_managers'
      WHEN 'guarded' THEN 'rows_past_their_guards'
      WHEN 'history' THEN 'events_i_may_know'
    END) || '_to_' || c,
    c,
    CASE WHEN c <> 'insert' THEN kernel.condition(declared, c, dialect) END,
    CASE WHEN c IN ('insert', 'update') THEN kernel.condition(declared, c, dialect) END
  FROM unnest(declared.commands) AS c
$$;

-- Called by the migration that creates a table. Without it the table has no grant at all: forgetting it is
-- "permission denied", not a leak.
CREATE PROCEDURE kernel.protect_table(
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
  INSERT INTO kernel.tables VALUES (table_name, family, 'distributed', container_column, person_column, write_level, write_roles, role_column, commands)
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
END $$;

-- A table that belongs to no tenant: identity, directory. One policy for the platform role; grants say which commands.
CREATE PROCEDURE kernel.protect_global_table(table_name text, class text, commands text[]) LANGUAGE plpgsql
AS $$
DECLARE
  command text;
BEGIN
  INSERT INTO kernel.tables (table_name, family, class, commands) VALUES (table_name, 'global', class, commands);
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, app_tenant, app_platform', table_name);
  EXECUTE format('CREATE POLICY directory_of_the_platform ON public.%I FOR ALL TO app_platform USING (true) WITH CHECK (true)', table_name);
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format('GRANT %s ON public.%I TO app_platform', command, table_name);
  END LOOP;
END $$;

-- Gives a SECURITY DEFINER function to a role that has its own narrow policies, and takes it from everyone else.
CREATE PROCEDURE kernel.give_function(function regprocedure, owner name, callers name[]) LANGUAGE plpgsql
AS $$
DECLARE
  caller name;
BEGIN
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', function);
  FOREACH caller IN ARRAY callers LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', function, caller);
  END LOOP;
  EXECUTE format('GRANT CREATE ON SCHEMA kernel TO %I', owner);
  EXECUTE format('ALTER FUNCTION %s OWNER TO %I', function, owner);
  EXECUTE format('REVOKE CREATE ON SCHEMA kernel FROM %I', owner);
END $$;

REVOKE ALL ON ALL ROUTINES IN SCHEMA kernel FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.tenant_id(), kernel.user_id(), kernel.role() TO app_tenant, app_kernel;
GRANT EXECUTE ON FUNCTION kernel.enter(uuid, uuid, text) TO app_tenant;
-- The isolation report compares what the policies should say with what they say, also when a tenant asks for it.
GRANT EXECUTE ON FUNCTION kernel.piece(text, text, text), kernel.condition(kernel.tables, text, text),
  kernel.policies_of(kernel.tables, text) TO app_tenant, app_platform;
