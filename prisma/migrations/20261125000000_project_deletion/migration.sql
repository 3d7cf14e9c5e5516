-- A deleted project is gone to everybody at once, can be brought back for thirty days, and is then erased. Its key stays taken, so
-- that no number of it ever means another task.

ALTER TABLE containers ADD COLUMN deleted_at TIMESTAMPTZ(3), ADD COLUMN deleted_by UUID, ADD COLUMN purge_after TIMESTAMPTZ(3),
  ADD CHECK (purge_after IS NULL OR purge_after >= deleted_at + interval '29 days');

-- What asks who may see a container asks this table as app_kernel: a deleted one is nobody's, and with it every row that is guarded by it.
ALTER POLICY tenant_for_kernel ON containers USING (tenant_id = (SELECT kernel.tenant_id()) AND deleted_at IS NULL);

-- As before, and: the owner's clause is not for a deleted one.
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
      IF reading AND 'is_shared' = ANY (guards) THEN
        parts := parts || format('(is_shared OR %s)', kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect));
      ELSE
        parts := parts || kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect);
      END IF;
    WHEN 'sensitive' THEN
      parts := parts || kernel.piece('unlimited', NULL, dialect) || kernel.piece('role', '{owner,admin,manager}', dialect);
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
CALL kernel.protect_table('containers', 'container_itself', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,update}');

-- As before, and: a deleted project uses nothing up, and needs its place again when it comes back.
DROP TRIGGER hold_limit_again ON containers;
-- Whoever makes a trigger must be able to call its function, which nobody can since it was given away: for this moment only.
SET LOCAL ROLE app_directory;
GRANT EXECUTE ON FUNCTION kernel.hold_limit() TO app_owner;
SET LOCAL ROLE app_owner;
CREATE TRIGGER hold_limit_again AFTER UPDATE ON containers FOR EACH ROW
  WHEN (NEW.kind = 'project' AND NEW.archived_at IS NULL AND NEW.deleted_at IS NULL AND (OLD.archived_at IS NOT NULL OR OLD.deleted_at IS NOT NULL)) EXECUTE FUNCTION kernel.hold_limit('projects');
SET LOCAL ROLE app_directory;
REVOKE EXECUTE ON FUNCTION kernel.hold_limit() FROM app_owner;
SET LOCAL ROLE app_owner;
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
    ELSE 0 END
$$;

-- What the directory reads and writes of deleted projects: it lists and restores them, and at last erases them.
GRANT SELECT (id, name, visibility, team_id, owner_user_id, deleted_at, deleted_by, purge_after), UPDATE (name, visibility, team_id, owner_user_id, deleted_at, deleted_by, purge_after, updated_at) ON containers TO app_directory;
CREATE POLICY directory_of_deleted ON containers FOR UPDATE TO app_directory USING (deleted_at IS NOT NULL) WITH CHECK (true);
GRANT SELECT (key), UPDATE (slug, description) ON projects TO app_directory;
CREATE POLICY directory_of_deleted ON projects FOR SELECT TO app_directory USING ((tenant_id, id) IN (SELECT c.tenant_id, c.id FROM containers c WHERE c.deleted_at IS NOT NULL));
CREATE POLICY directory_of_deleted_to_update ON projects FOR UPDATE TO app_directory USING ((tenant_id, id) IN (SELECT c.tenant_id, c.id FROM containers c WHERE c.deleted_at IS NOT NULL));
GRANT EXECUTE ON FUNCTION kernel.container_limit() TO app_directory;

-- Deleted projects that the asker may bring back: whose they are, who deleted them, and of those that are not private owners and admins.
CREATE FUNCTION kernel.deleted_projects(at timestamptz) RETURNS TABLE (id uuid, name text, key text, deleted_at timestamptz, purge_after timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT c.id, c.name, p.key, c.deleted_at, c.purge_after FROM public.containers c JOIN public.projects p ON p.tenant_id = kernel.tenant_id() AND p.id = c.id
   WHERE c.tenant_id = kernel.tenant_id() AND c.purge_after > at AND kernel.container_limit() IS NULL AND kernel.role() IN ('owner', 'admin', 'manager', 'member')
     AND (kernel.user_id() IN (c.owner_user_id, c.deleted_by) OR c.visibility <> 'private' AND kernel.role() IN ('owner', 'admin'))
   ORDER BY c.deleted_at DESC, c.id
$$;

-- Whoever restores it takes it over if its owner is no member any more. Null: there is none to bring back.
CREATE FUNCTION kernel.restore_project(project uuid, at timestamptz) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE public.containers c SET deleted_at = NULL, deleted_by = NULL, purge_after = NULL, updated_at = at,
    owner_user_id = CASE WHEN EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = c.tenant_id AND m.user_id = c.owner_user_id AND m.status = 'active') THEN c.owner_user_id ELSE kernel.user_id() END
   WHERE c.tenant_id = kernel.tenant_id() AND c.id = project AND EXISTS (SELECT FROM kernel.deleted_projects(greatest(at, now())) d WHERE d.id = project)
  RETURNING c.name
$$;

-- A team that is deleted leaves deleted projects too: the heir has them, or they are private.
CREATE FUNCTION kernel.take_team_off_deleted(team uuid, heir uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_admin();
  UPDATE public.containers c SET team_id = heir, visibility = CASE WHEN heir IS NULL AND c.visibility = 'team' THEN 'private' ELSE c.visibility END
   WHERE c.tenant_id = kernel.tenant_id() AND c.team_id = team AND c.deleted_at IS NOT NULL;
END $$;

-- The columns that say of which project a row of a table is. History and keys stay: what names nothing any more.
CREATE FUNCTION kernel.project_columns(wished text) RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT coalesce(array_agg(a.attname::text ORDER BY a.attnum), '{}') FROM pg_catalog.pg_attribute a
   WHERE a.attrelid = ('public.' || quote_ident(wished))::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname IN ('container_id', 'project_id', 'container_key', 'from_container_id', 'to_container_id')
     AND wished NOT IN ('containers', 'projects', 'audit_events', 'audit_details', 'api_keys')
$$;
REVOKE ALL ON FUNCTION kernel.project_columns(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.project_columns(text) TO app_directory, app_tenant;

-- As before, and: rows of a project whose time is over.
CREATE OR REPLACE PROCEDURE kernel.let_erase(table_name text) LANGUAGE plpgsql
AS $$
DECLARE
  of_project text := (SELECT string_agg(format('(tenant_id, %I) IN (SELECT c.tenant_id, c.id FROM public.containers c WHERE c.purge_after <= now())', p), ' OR ') FROM unnest(kernel.project_columns(table_name)) p);
  it record;
BEGIN
  EXECUTE format('DROP POLICY IF EXISTS directory_to_erase ON public.%I', table_name);
  EXECUTE format('CREATE POLICY directory_to_erase ON public.%I FOR DELETE TO app_directory USING (tenant_id IN (SELECT o.id FROM public.organizations o WHERE o.purge_after <= now()))', table_name);
  EXECUTE format('DROP POLICY IF EXISTS directory_to_find ON public.%I', table_name);
  EXECUTE format('CREATE POLICY directory_to_find ON public.%I FOR SELECT TO app_directory USING (tenant_id IN (SELECT o.id FROM public.organizations o WHERE o.purge_after <= now()))', table_name);
  EXECUTE format('GRANT SELECT (tenant_id, id%s), DELETE ON public.%I TO app_directory', ', ' || quote_ident(kernel.own_parent(table_name)), table_name);
  IF of_project IS NOT NULL THEN
    FOR it IN SELECT * FROM (VALUES ('directory_to_erase_project', 'DELETE'), ('directory_to_find_project', 'SELECT')) v(policy, command) LOOP
      EXECUTE format('DROP POLICY IF EXISTS %I ON public.%I', it.policy, table_name);
      EXECUTE format('CREATE POLICY %I ON public.%I FOR %s TO app_directory USING (%s)', it.policy, table_name, it.command, of_project);
    END LOOP;
    EXECUTE format('GRANT SELECT (%s) ON public.%I TO app_directory', (SELECT string_agg(quote_ident(p), ', ') FROM unnest(kernel.project_columns(table_name)) p), table_name);
  END IF;
END $$;
DO $$
DECLARE
  it text;
BEGIN
  FOR it IN SELECT t.table_name FROM kernel.tables t WHERE t.family <> 'global' LOOP
    CALL kernel.let_erase(it);
  END LOOP;
END $$;

CREATE FUNCTION kernel.due_projects(at timestamptz) RETURNS TABLE (tenant_id uuid, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT c.tenant_id, c.id FROM public.containers c WHERE c.purge_after <= least(at, now()) ORDER BY c.purge_after LIMIT 50 $$;

-- Takes out rows of a project whose time is over, children before parents, so many a call, as kernel.erase_organization does. What
-- stays is its key, and that it was there: the history of the organization, sealed, still points at it.
CREATE FUNCTION kernel.erase_project(tenant uuid, project uuid, at timestamptz, how_many int) RETURNS TABLE (gone bigint, is_over boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  remaining text[];
  ready     text[];
  it        text;
  portion   bigint;
BEGIN
  gone := 0;
  is_over := false;
  PERFORM FROM public.containers c WHERE c.tenant_id = tenant AND c.id = project AND c.purge_after <= least(at, now()) FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this project is not to be erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT array_agg(t.table_name) INTO remaining FROM kernel.tables t WHERE t.family <> 'global' AND kernel.project_columns(t.table_name) <> '{}';
  WHILE cardinality(remaining) > 0 LOOP
    SELECT array_agg(r) INTO ready FROM unnest(remaining) r WHERE NOT EXISTS (
      SELECT FROM pg_catalog.pg_constraint c JOIN unnest(remaining) other ON c.conrelid = ('public.' || other)::regclass
       WHERE c.contype = 'f' AND c.confrelid = ('public.' || r)::regclass AND other <> r);
    IF ready IS NULL THEN
      RAISE EXCEPTION 'these tables point at each other in a circle: %', remaining;
    END IF;
    FOREACH it IN ARRAY ready LOOP
      LOOP
        EXECUTE format('DELETE FROM public.%1$I WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT r.id FROM public.%1$I r WHERE r.tenant_id = $1 AND (%2$s)%3$s LIMIT $2))', it,
          (SELECT string_agg(format('r.%I = $3', p), ' OR ') FROM unnest(kernel.project_columns(it)) p),
          ' AND NOT EXISTS (SELECT FROM public.' || quote_ident(it) || ' c WHERE c.tenant_id = $1 AND c.' || quote_ident(kernel.own_parent(it)) || ' = r.id)') USING tenant, how_many - gone, project;
        GET DIAGNOSTICS portion = ROW_COUNT;
        gone := gone + portion;
        EXIT WHEN portion = 0 OR gone >= how_many;
      END LOOP;
      IF gone >= how_many THEN
        RETURN NEXT;
        RETURN;
      END IF;
    END LOOP;
    SELECT array_agg(r) INTO remaining FROM unnest(remaining) r WHERE r <> ALL (ready);
  END LOOP;
  UPDATE public.projects p SET slug = 'deleted-' || project, description = '' WHERE p.tenant_id = tenant AND p.id = project;
  UPDATE public.containers c SET name = 'Deleted project', purge_after = NULL WHERE c.tenant_id = tenant AND c.id = project;
  INSERT INTO public.audit_events (tenant_id, id, actor_kind, action, entity_kind, entity_id, at) VALUES (tenant, gen_random_uuid(), 'system', 'project.erased', 'project', project, at);
  is_over := true;
  RETURN NEXT;
END $$;

DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT * FROM (VALUES
    ('usage_of(uuid, text, timestamptz)', 'app_directory', '{}'), ('deleted_projects(timestamptz)', 'app_directory', '{app_tenant}'), ('restore_project(uuid, timestamptz)', 'app_directory', '{app_tenant}'),
    ('take_team_off_deleted(uuid, uuid)', 'app_directory', '{app_tenant}'),
    ('due_projects(timestamptz)', 'app_directory', '{app_platform}'), ('erase_project(uuid, uuid, timestamptz, int)', 'app_directory', '{app_platform}')
  ) AS v(signature, owner, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, it.owner::name, it.callers::name[]);
  END LOOP;
END $$;
