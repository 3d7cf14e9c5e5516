-- Keys and saved views go with their owner, tasks only to somebody who sees them, and files count against the plan.

GRANT UPDATE (revoked_at) ON api_keys TO app_directory;
GRANT SELECT (size_bytes) ON attachments TO app_directory;

-- As before, and: whoever is removed has no key and no saved view any more, shared ones too, since nobody else could change them.
-- Coming back does not bring one to life.
DROP TRIGGER take_rights ON memberships;
DROP FUNCTION kernel.take_rights();
CREATE FUNCTION kernel.take_rights() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  DELETE FROM public.container_members c WHERE c.tenant_id = NEW.tenant_id AND c.user_id = NEW.user_id;
  DELETE FROM public.team_members t WHERE t.tenant_id = NEW.tenant_id AND t.user_id = NEW.user_id;
  UPDATE public.api_keys k SET revoked_at = NEW.updated_at WHERE k.tenant_id = NEW.tenant_id AND k.owner_user_id = NEW.user_id AND k.revoked_at IS NULL;
  DELETE FROM public.saved_views v WHERE v.tenant_id = NEW.tenant_id AND v.owner_user_id = NEW.user_id;
  RETURN NULL;
END $$;
CREATE TRIGGER take_rights AFTER UPDATE ON memberships FOR EACH ROW WHEN (NEW.status = 'removed' AND OLD.status <> 'removed') EXECUTE FUNCTION kernel.take_rights();

DROP FUNCTION kernel.holdings_of(uuid);
CREATE FUNCTION kernel.holdings_of(person uuid) RETURNS TABLE (kind text, is_private boolean, how_many bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF person <> kernel.user_id() THEN PERFORM kernel.require_role('owner', 'admin'); END IF;
  RETURN QUERY
  SELECT 'containers', c.visibility = 'private', count(*) FROM public.containers c WHERE c.tenant_id = kernel.tenant_id() AND c.owner_user_id = person GROUP BY 2
  UNION ALL
  SELECT 'tasks', false, count(*) FROM public.task_assignees a JOIN public.tasks t ON t.tenant_id = a.tenant_id AND t.id = a.task_id
   WHERE a.tenant_id = kernel.tenant_id() AND a.user_id = person AND t.deleted_at IS NULL AND t.status NOT IN ('done', 'cancelled', 'archived')
  UNION ALL SELECT 'teams', false, count(*) FROM public.team_members t WHERE t.tenant_id = kernel.tenant_id() AND t.user_id = person
  UNION ALL SELECT 'grants', false, count(*) FROM public.container_members c WHERE c.tenant_id = kernel.tenant_id() AND c.user_id = person
  UNION ALL SELECT 'keys', false, count(*) FROM public.api_keys k WHERE k.tenant_id = kernel.tenant_id() AND k.owner_user_id = person AND k.revoked_at IS NULL AND k.expires_at > now()
  UNION ALL SELECT 'views', false, count(*) FROM public.saved_views v WHERE v.tenant_id = kernel.tenant_id() AND v.owner_user_id = person AND v.is_shared;
END $$;

-- Who is no member and holds something all the same: they deleted their account while nobody let them in here, or are the authors of
-- a restored archive.
CREATE FUNCTION kernel.former_holders() RETURNS TABLE (user_id uuid, project_count bigint, task_count bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  RETURN QUERY
  SELECT * FROM (
    SELECT m.user_id, (SELECT count(*) FROM public.containers c WHERE c.tenant_id = m.tenant_id AND c.owner_user_id = m.user_id),
      (SELECT count(*) FROM public.task_assignees a JOIN public.tasks t ON t.tenant_id = a.tenant_id AND t.id = a.task_id
        WHERE a.tenant_id = m.tenant_id AND a.user_id = m.user_id AND t.deleted_at IS NULL AND t.status NOT IN ('done', 'cancelled', 'archived'))
      FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'removed'
  ) f(who, projects, tasks) WHERE f.projects + f.tasks > 0;
END $$;

-- As before, but a task goes to its receiver only where they see its project, after the projects have changed hands; else it waits
-- for somebody to take it.
DROP FUNCTION kernel.hand_over(uuid, uuid, uuid, uuid, timestamptz);
CREATE FUNCTION kernel.hand_over(person uuid, containers_to uuid, private_to uuid, tasks_to uuid, at timestamptz) RETURNS TABLE (tasks_left bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tenant uuid := kernel.tenant_id();
  theirs record;
  left_over bigint;
BEGIN
  SELECT m.role INTO theirs FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id = person FOR UPDATE;
  IF person <> kernel.user_id() THEN
    IF theirs.role = 'owner' THEN PERFORM kernel.require_role('owner'); ELSE PERFORM kernel.require_role('owner', 'admin'); END IF;
  END IF;
  IF EXISTS (SELECT FROM unnest(ARRAY[containers_to, private_to, tasks_to]) r WHERE r IS NOT NULL AND (r = person OR NOT EXISTS (
    SELECT FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id = r AND m.status = 'active'))) THEN
    RAISE EXCEPTION 'only an active member can take over' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  UPDATE public.containers c SET owner_user_id = CASE c.visibility WHEN 'private' THEN private_to ELSE containers_to END, updated_at = at, version = c.version + 1
   WHERE c.tenant_id = tenant AND c.owner_user_id = person AND CASE c.visibility WHEN 'private' THEN private_to ELSE containers_to END IS NOT NULL;
  IF tasks_to IS NOT NULL THEN
    INSERT INTO public.task_assignees (tenant_id, id, project_id, task_id, user_id, role, created_by, created_at, updated_at)
    SELECT a.tenant_id, gen_random_uuid(), a.project_id, a.task_id, tasks_to, a.role, kernel.user_id(), at, at
      FROM public.task_assignees a JOIN public.tasks t ON t.tenant_id = a.tenant_id AND t.id = a.task_id
     WHERE a.tenant_id = tenant AND a.user_id = person AND t.deleted_at IS NULL AND t.status NOT IN ('done', 'cancelled', 'archived')
       AND a.project_id IN (SELECT p.project_id FROM (SELECT DISTINCT b.project_id FROM public.task_assignees b WHERE b.tenant_id = tenant AND b.user_id = person) p
         WHERE EXISTS (SELECT FROM kernel.levels_of(p.project_id) l WHERE l.user_id = tasks_to AND l.level > 0))
    ON CONFLICT DO NOTHING;
  END IF;
  SELECT count(*) INTO left_over FROM public.task_assignees a JOIN public.tasks t ON t.tenant_id = a.tenant_id AND t.id = a.task_id
   WHERE a.tenant_id = tenant AND a.user_id = person AND t.deleted_at IS NULL AND t.status NOT IN ('done', 'cancelled', 'archived')
     AND NOT EXISTS (SELECT FROM public.task_assignees b WHERE b.tenant_id = tenant AND b.task_id = a.task_id AND b.user_id <> person AND b.role = a.role);
  DELETE FROM public.task_assignees a USING public.tasks t WHERE a.tenant_id = tenant AND a.user_id = person AND t.tenant_id = a.tenant_id AND t.id = a.task_id
    AND t.status NOT IN ('done', 'cancelled', 'archived');
  RETURN QUERY SELECT left_over;
END $$;

-- As before, and files: megabytes (10^6 bytes) of what is attached, begun ones counted whole.
DROP FUNCTION kernel.usage_of(uuid, text, timestamptz);
GRANT SELECT (size_bytes) ON import_batches TO app_directory;
GRANT SELECT (size_bytes, list) ON exports TO app_directory;
CREATE FUNCTION kernel.usage_of(tenant uuid, limit_key text, at timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE limit_key
    WHEN 'members' THEN (SELECT count(*) FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = tenant AND m.status IN ('active', 'pending_approval') AND u.kind = 'person')
      + (SELECT count(*) FROM public.invitations i WHERE i.tenant_id = tenant AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.declined_at IS NULL AND i.expires_at > at
          AND NOT EXISTS (SELECT FROM public.users u JOIN public.memberships m ON m.user_id = u.id WHERE u.email_lc = i.email_lc AND m.tenant_id = tenant AND m.status IN ('active', 'pending_approval')))
    WHEN 'projects' THEN (SELECT count(*) FROM public.containers c WHERE c.tenant_id = tenant AND c.kind = 'project' AND c.archived_at IS NULL)
    WHEN 'storage_mb' THEN (SELECT ceil(coalesce(sum(f.size_bytes), 0) / 1000000.0)::bigint FROM (
        SELECT a.size_bytes FROM public.attachments a WHERE a.tenant_id = tenant AND a.deleted_at IS NULL
        UNION ALL SELECT b.size_bytes FROM public.import_batches b WHERE b.tenant_id = tenant
        -- Not its archives: whoever takes everything away fills nothing by it. There are few of them a day.
        UNION ALL SELECT e.size_bytes FROM public.exports e WHERE e.tenant_id = tenant AND e.expires_at > at AND e.list NOT IN ('archive', 'archive_upload')) f)
    WHEN 'api_calls' THEN coalesce((SELECT u.value FROM public.usage_counts u WHERE u.tenant_id = tenant AND u.key = 'api_calls' AND u.starts_at = date_trunc('hour', at)), 0)
    ELSE 0 END
$$;
-- Whoever makes a trigger must be able to call its function, which nobody can since it was given away: for this moment only.
SET LOCAL ROLE app_directory;
GRANT EXECUTE ON FUNCTION kernel.hold_limit() TO app_owner;
SET LOCAL ROLE app_owner;
CREATE TRIGGER hold_limit AFTER INSERT ON attachments FOR EACH ROW WHEN (NEW.deleted_at IS NULL AND current_user <> 'app_directory') EXECUTE FUNCTION kernel.hold_limit('storage_mb');
CREATE TRIGGER hold_limit_again AFTER UPDATE ON attachments FOR EACH ROW WHEN (NEW.deleted_at IS NULL AND OLD.deleted_at IS NOT NULL) EXECUTE FUNCTION kernel.hold_limit('storage_mb');
SET LOCAL ROLE app_directory;
REVOKE EXECUTE ON FUNCTION kernel.hold_limit() FROM app_owner;
SET LOCAL ROLE app_owner;

DO $$
DECLARE
  it record;
BEGIN
  FOR it IN SELECT * FROM (VALUES
    ('take_rights()', 'app_directory', '{}'), ('holdings_of(uuid)', 'app_kernel', '{app_tenant}'), ('former_holders()', 'app_kernel', '{app_tenant}'), ('hand_over(uuid, uuid, uuid, uuid, timestamptz)', 'app_kernel', '{app_tenant}'), ('usage_of(uuid, text, timestamptz)', 'app_directory', '{}')
  ) AS v(signature, owner, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, it.owner::name, it.callers::name[]);
  END LOOP;
END $$;
