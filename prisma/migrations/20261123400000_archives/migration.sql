-- An organization as a file, and a file as an organization.

ALTER TABLE organizations ADD COLUMN restoring_until TIMESTAMPTZ(3);
ALTER TABLE exports DROP CONSTRAINT exports_format_check, ADD CHECK (format IN ('csv', 'xlsx', 'json', 'zip'));
ALTER TABLE kernel.tables ADD COLUMN archived boolean NOT NULL DEFAULT false;
GRANT UPDATE (restoring_until) ON organizations TO app_directory;

-- Rows of an archive are written as they were, with their authors and times, which no policy lets a member do: this one does, into
-- an organization that is being restored and into no other.
CREATE PROCEDURE kernel.let_archive(wished text) LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE kernel.tables SET archived = true WHERE table_name = wished;
  EXECUTE format('DROP POLICY IF EXISTS directory_to_restore ON public.%I', wished);
  EXECUTE format('CREATE POLICY directory_to_restore ON public.%I FOR INSERT TO app_directory WITH CHECK (tenant_id IN (SELECT o.id FROM public.organizations o WHERE o.restoring_until > now()))', wished);
  EXECUTE format('GRANT INSERT ON public.%I TO app_directory', wished);
END $$;
REVOKE ALL ON ROUTINE kernel.let_archive(text) FROM PUBLIC;
DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY '{organization_logos,teams,team_members,containers,container_members,projects,tasks,task_assignees,task_status_changes,labels,record_labels,comments,attachments,search_documents,search_tokens}'::text[] LOOP
    CALL kernel.let_archive(it);
  END LOOP;
END $$;
CREATE POLICY directory_to_restore ON memberships FOR INSERT TO app_directory WITH CHECK (status = 'removed' AND tenant_id IN (SELECT o.id FROM organizations o WHERE o.restoring_until > now()));

-- The tables of an archive, parents first, and which of their columns hold ids.
CREATE FUNCTION kernel.archive_tables() RETURNS TABLE (table_name text, id_columns text[], columns text[], own_parent text)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
DECLARE
  remaining text[];
  ready     text[];
BEGIN
  SELECT array_agg(t.table_name) INTO remaining FROM kernel.tables t WHERE t.archived;
  WHILE cardinality(remaining) > 0 LOOP
    SELECT array_agg(r ORDER BY r) INTO ready FROM unnest(remaining) r WHERE NOT EXISTS (
      SELECT FROM pg_catalog.pg_constraint c JOIN unnest(remaining) other ON c.confrelid = ('public.' || other)::regclass
       WHERE c.contype = 'f' AND c.conrelid = ('public.' || r)::regclass AND other <> r);
    IF ready IS NULL THEN
      RAISE EXCEPTION 'these tables point at each other in a circle: %', remaining;
    END IF;
    RETURN QUERY SELECT r,
        array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.atttypid = 'uuid'::regtype), array_agg(a.attname::text ORDER BY a.attnum),
        (SELECT b.attname::text FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute b ON b.attrelid = c.conrelid AND b.attnum = c.conkey[cardinality(c.conkey)]
          WHERE c.contype = 'f' AND c.conrelid = ('public.' || r)::regclass AND c.confrelid = c.conrelid LIMIT 1)
      FROM unnest(ready) r JOIN pg_catalog.pg_attribute a ON a.attrelid = ('public.' || r)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attname <> 'tenant_id' GROUP BY r;
    SELECT array_agg(r) INTO remaining FROM unnest(remaining) r WHERE r <> ALL (ready);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION kernel.archive_tables() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.archive_tables() TO app_tenant, app_directory;

-- Rows of one of them in the order of their ids, as the asker sees them: not SECURITY DEFINER, so row security decides.
CREATE FUNCTION kernel.archive_rows(wished text, after uuid, how_many int) RETURNS TABLE (content jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  wanted text[];
BEGIN
  SELECT t.columns INTO wanted FROM kernel.archive_tables() t WHERE t.table_name = wished;
  IF wanted IS NULL THEN
    RAISE EXCEPTION 'no table of an archive: %', wished USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN QUERY EXECUTE format('SELECT (SELECT jsonb_object_agg(p.key, p.value) FROM jsonb_each(to_jsonb(t)) p WHERE p.key = ANY ($3)) FROM public.%I t WHERE t.tenant_id = kernel.tenant_id() AND t.id > $1 ORDER BY t.id LIMIT $2', wished)
    USING after, how_many, wanted;
END $$;
REVOKE ALL ON FUNCTION kernel.archive_rows(text, uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.archive_rows(text, uuid, int) TO app_tenant;

-- Opens an organization that has nothing in it yet to an archive, for a day; and closes it.
CREATE FUNCTION kernel.open_restore(at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.role = 'owner')
     OR EXISTS (SELECT FROM public.containers c WHERE c.tenant_id = kernel.tenant_id())
     OR EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id <> kernel.user_id()) THEN
    RAISE EXCEPTION 'an owner restores, alone, into an organization that is empty' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.organizations o SET restoring_until = at + interval '1 day' WHERE o.id = kernel.tenant_id();
END $$;
CREATE FUNCTION kernel.close_restore() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_restore();
  UPDATE public.organizations o SET restoring_until = NULL WHERE o.id = kernel.tenant_id();
END $$;
CREATE FUNCTION kernel.require_restore() RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.organizations o JOIN public.memberships m ON m.tenant_id = o.id AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.role = 'owner'
    WHERE o.id = kernel.tenant_id() AND o.restoring_until > now()) THEN
    RAISE EXCEPTION 'this organization is not being restored' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
REVOKE ALL ON FUNCTION kernel.require_restore() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.require_restore() TO app_directory;

-- People of an archive: they stand for what they made, are no members, and can never sign in.
CREATE FUNCTION kernel.restore_people(people jsonb, at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  how_many bigint;
BEGIN
  PERFORM kernel.require_restore();
  INSERT INTO public.users (id, kind, name) SELECT p.id, 'system', p.name FROM jsonb_to_recordset(people) AS p(id uuid, name text) ON CONFLICT DO NOTHING;
  -- Whatever ids are asked for: nobody who exists, here or elsewhere, comes to stand in this organization by it, and none of these
  -- has a role to come back to.
  INSERT INTO public.memberships (tenant_id, id, user_id, display_name, role, status, created_at, updated_at)
  SELECT kernel.tenant_id(), p.membership_id, p.id, p.name, 'viewer', 'removed', at, at FROM jsonb_to_recordset(people) AS p(id uuid, membership_id uuid, name text) JOIN public.users u ON u.id = p.id AND u.kind = 'system'
   WHERE NOT EXISTS (SELECT FROM public.memberships m WHERE m.user_id = p.id AND m.tenant_id <> kernel.tenant_id()) ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS how_many = ROW_COUNT;
  RETURN how_many;
END $$;

-- Rows of one table, all into the organization entered, whatever they say; those that are there already are left alone.
CREATE FUNCTION kernel.restore_rows(wished text, rows jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  wanted   text;
  how_many bigint;
BEGIN
  PERFORM kernel.require_restore();
  SELECT string_agg(quote_ident(c), ', ') INTO wanted FROM kernel.archive_tables() t, unnest(t.columns) c WHERE t.table_name = wished AND (rows->0) ? c;
  IF wanted IS NULL THEN
    RAISE EXCEPTION 'no table of an archive: %', wished USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('INSERT INTO public.%I (tenant_id, %s) SELECT kernel.tenant_id(), %s FROM jsonb_populate_recordset(NULL::public.%I, $1) ON CONFLICT DO NOTHING', wished, wanted, wanted, wished) USING rows;
  GET DIAGNOSTICS how_many = ROW_COUNT;
  RETURN how_many;
END $$;

DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT * FROM (VALUES ('open_restore(timestamptz)', '{app_tenant}'), ('close_restore()', '{app_tenant}'), ('restore_people(jsonb, timestamptz)', '{app_tenant}'), ('restore_rows(text, jsonb)', '{app_tenant}')) AS v(signature, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, 'app_directory', it.callers::name[]);
  END LOOP;
END $$;
