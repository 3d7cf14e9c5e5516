-- Nothing is support's own. A draft or label of its own, or a private project, the organization would not see and a later visit would;
-- and a project that support has made for everybody is out of its sight once it is for some.

CREATE OR REPLACE FUNCTION kernel.condition(declared kernel.tables, command text, dialect text DEFAULT 'standard'::text)
 RETURNS text LANGUAGE plpgsql STABLE
AS $$
DECLARE
  parts   text[] := ARRAY[kernel.piece('tenant', 'tenant_id', dialect)];
  reading boolean := command = 'select';
  level   text := CASE WHEN command = 'select' THEN 'view' ELSE declared.write_level END;
  guards  text[];
  open_to_all text := format('(%s OR (visibility = ''organization''::text))', kernel.piece('member', NULL, dialect));
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
          kernel.piece('unlimited', NULL, dialect), kernel.piece('me', 'owner_user_id', dialect) || ' AND ' || open_to_all, kernel.piece('view', 'parent_id', dialect));
      ELSIF command = 'insert' THEN
        parts := parts || kernel.piece('unlimited', NULL, dialect) || kernel.piece('me', 'owner_user_id', dialect)
          || format('((parent_id IS NULL) OR %s)', kernel.piece('edit', 'parent_id', dialect));
      ELSE
        -- Nobody hangs a container under one that they cannot edit, neither at first nor later.
        parts := parts || kernel.piece('manage', 'id', dialect)
          || format('((parent_id IS NULL) OR %s)', kernel.piece('edit', 'parent_id', dialect));
      END IF;
      -- Whom it is open to, support leaves and makes it: everybody.
      IF NOT reading THEN parts := parts || open_to_all; END IF;
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
        parts := parts || CASE WHEN reading THEN format('((owner_user_id IS NULL) OR %s)', kernel.piece('me', 'owner_user_id', dialect))
          ELSE format('((owner_user_id IS NULL) OR (%s AND %s))', kernel.piece('me', 'owner_user_id', dialect), kernel.piece('member', NULL, dialect)) END;
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

-- As before; under support, being its owner shows what everybody sees. The policies call it, so it is replaced by its owner.
GRANT CREATE ON SCHEMA kernel TO app_kernel;
SET LOCAL ROLE app_kernel;
CREATE OR REPLACE FUNCTION kernel.containers_for(wish text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  tenant  uuid := kernel.tenant_id();
  me      uuid := kernel.user_id();
  my_role text := kernel.role();
  needed  int := CASE wish WHEN 'view' THEN 1 WHEN 'edit' THEN 2 WHEN 'manage' THEN 3 END;
  only_one uuid := kernel.container_limit();
  is_member boolean := kernel.support_session() IS NULL;
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
        WHEN c.owner_user_id = me AND (is_member OR c.visibility = 'organization') THEN 3
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
SET LOCAL ROLE app_owner;
REVOKE CREATE ON SCHEMA kernel FROM app_kernel;

DO $$
DECLARE
  it kernel.tables;
BEGIN
  FOR it IN SELECT * FROM kernel.tables d WHERE d.family = 'container_itself'
      OR d.family = 'guarded' AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = ('public.' || quote_ident(d.table_name))::regclass AND a.attname = 'owner_user_id' AND NOT a.attisdropped) LOOP
    CALL kernel.protect_table(it.table_name, it.family, it.container_column, it.person_column, it.write_level, it.write_roles, it.commands, it.role_column, it.hidden_columns);
  END LOOP;
END $$;

-- As before, and: an address that is longer than a name in the history stands there whole, so that nothing is opened behind its two
-- hundredth letter; and of two browsers that enter at once one is let in.
DROP FUNCTION kernel.find_support(bytea, timestamptz, text, text);
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
    IF NOT FOUND THEN RETURN; END IF;
  ELSIF it.web_session_id <> admin.session_id THEN
    RETURN;
  END IF;
  IF path IS NOT NULL AND NOT EXISTS (SELECT FROM public.audit_events e JOIN public.audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id
      WHERE e.tenant_id = it.tenant_id AND e.support_session_id = it.id AND e.action = 'support.page_opened' AND e.at > at - interval '1 minute' AND d.label = left(path, 200) AND coalesce(d.changes->'address'->>1, d.label) = path) THEN
    PERFORM kernel.note_support(it.tenant_id, it.id, 'support.page_opened', path, CASE WHEN char_length(path) > 200 THEN jsonb_build_object('address', jsonb_build_array(NULL, path)) ELSE '{}' END, at);
  END IF;
  RETURN QUERY SELECT it.id, it.mode, it.admin_name, it.ends_at, it.reason, o.id, o.slug, o.name, o.colour, o.logo_hash, o.kind, o.timezone, kernel.support_user(),
    CASE it.mode WHEN 'read_write' THEN 'manager' ELSE 'viewer' END, 'Support', ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key)
    FROM public.organizations o WHERE o.id = it.tenant_id;
END $$;
CALL kernel.give_function('kernel.find_support(bytea, timestamptz, text, text)', 'app_directory', '{app_platform}');
