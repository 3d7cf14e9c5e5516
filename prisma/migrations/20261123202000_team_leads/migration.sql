-- Managers put people into the teams that they lead, and take them out; other teams are an owner's or admin's. And what the
-- policies of a transaction that is limited to one container will say: the next migration writes them anew.

ALTER TABLE kernel.tables ADD COLUMN led_column text;

-- The teams that the person entered leads, asked once a statement by the policy of their members, which it looks past.
CREATE FUNCTION kernel.teams_i_lead() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT t.team_id FROM public.team_members t WHERE t.tenant_id = kernel.tenant_id() AND t.user_id = kernel.user_id() AND t.role = 'lead' $$;
CALL kernel.give_function('kernel.teams_i_lead()', 'app_kernel', '{app_tenant}');

-- The one container that this transaction is limited to, as for a key that was made for one project; null: not limited.
CREATE FUNCTION kernel.container_limit() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('app.container_limit', true), '')::uuid $$;
REVOKE ALL ON FUNCTION kernel.container_limit() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.container_limit() TO app_tenant, app_kernel;

-- As before, and: what a led team and an unlimited transaction say.
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
    WHEN 'distributed:tenant' THEN format('(%s = (current_setting(''app.tenant_id''::text))::uuid)', argument)
    WHEN 'distributed:me' THEN format('(%s = (current_setting(''app.user_id''::text))::uuid)', argument)
    WHEN 'distributed:role' THEN format('(current_setting(''app.role''::text) = ANY (%L::text[]))', argument)
    WHEN 'distributed:view' THEN format('(%s = ANY ((current_setting(''app.containers_view''::text))::uuid[]))', argument)
    WHEN 'distributed:edit' THEN format('(%s = ANY ((current_setting(''app.containers_edit''::text))::uuid[]))', argument)
    WHEN 'distributed:manage' THEN format('(%s = ANY ((current_setting(''app.containers_manage''::text))::uuid[]))', argument)
    WHEN 'distributed:unlimited' THEN '(NULLIF(current_setting(''app.container_limit''::text, true), ''''::text) IS NULL)'
    WHEN 'distributed:led' THEN format('(%s = ANY ((current_setting(''app.teams_led''::text))::uuid[]))', argument)
  END
$$;

-- As before, and: whoever leads a team. A limited transaction sees the container, what hangs on it, and the names of people,
-- teams and labels that it takes to read it; it writes in the container alone.
CREATE OR REPLACE FUNCTION kernel.condition(declared kernel.tables, command text, dialect text DEFAULT 'standard') RETURNS text
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
    WHEN 'organization' THEN
      IF NOT reading THEN parts := parts || kernel.piece('unlimited', NULL, dialect); END IF;
    WHEN 'container' THEN
      parts := parts || kernel.piece(level, quote_ident(declared.container_column), dialect);
    WHEN 'container_itself' THEN
      -- A row is not yet in its own snapshot when INSERT … RETURNING asks for it, hence the owner's clause.
      IF reading THEN
        parts := parts || format('(%s OR (%s AND %s AND ((parent_id IS NULL) OR %s)))', kernel.piece('view', 'id', dialect),
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
      parts := parts || kernel.piece('unlimited', NULL, dialect) || kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect);
    WHEN 'sensitive' THEN
      parts := parts || kernel.piece('unlimited', NULL, dialect) || kernel.piece('role', '{owner,admin,manager}', dialect);
    WHEN 'guarded' THEN
      IF 'container_id' = ANY (guards) THEN
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

UPDATE kernel.tables SET led_column = 'team_id' WHERE table_name = 'team_members';
CALL kernel.protect_table('team_members', 'organization', write_roles => '{owner,admin}');

ALTER TABLE teams ADD CHECK (char_length(description) <= 500);

-- A team leaves every list before it is deleted, those of containers hidden from whoever deletes it too: their foreign key
-- would refuse, and so tell of them. None is handed to another team: that would show it to people its owner did not choose.
CREATE FUNCTION kernel.take_team_off(team uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  DELETE FROM public.container_members c WHERE c.tenant_id = kernel.tenant_id() AND c.team_id = team;
END $$;
CALL kernel.give_function('kernel.take_team_off(uuid)', 'app_kernel', '{app_tenant}');
