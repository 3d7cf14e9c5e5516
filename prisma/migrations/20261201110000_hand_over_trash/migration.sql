-- A private project in the trash is brought back by its owner, or who deleted it, and nobody else: when its owner goes, it goes to
-- whoever takes over what was private, with the same thirty days.

-- How many projects in the trash are a person's. What calls them has asked who wants to know, or to hand over.
CREATE FUNCTION kernel.trash_of(person uuid) RETURNS TABLE (is_private boolean, how_many bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RETURN QUERY SELECT c.visibility = 'private', count(*) FROM public.containers c WHERE c.tenant_id = kernel.tenant_id() AND c.owner_user_id = person AND c.purge_after > now() GROUP BY 1;
END $$;
CREATE FUNCTION kernel.hand_over_trash(person uuid, containers_to uuid, private_to uuid, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE public.containers c SET owner_user_id = CASE c.visibility WHEN 'private' THEN private_to ELSE containers_to END, updated_at = at
   WHERE c.tenant_id = kernel.tenant_id() AND c.owner_user_id = person AND c.purge_after > now() AND CASE c.visibility WHEN 'private' THEN private_to ELSE containers_to END IS NOT NULL;
END $$;
CALL kernel.give_function('kernel.trash_of(uuid)', 'app_directory', '{app_kernel}');
CALL kernel.give_function('kernel.hand_over_trash(uuid, uuid, uuid, timestamptz)', 'app_directory', '{app_kernel}');

-- As before, and: what lies in the trash.
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
  UNION ALL SELECT 'views', false, count(*) FROM public.saved_views v WHERE v.tenant_id = kernel.tenant_id() AND v.owner_user_id = person AND v.is_shared
  UNION ALL SELECT 'trash', d.is_private, d.how_many FROM kernel.trash_of(person) d;
END $$;

DROP FUNCTION kernel.former_holders();
CREATE FUNCTION kernel.former_holders() RETURNS TABLE (user_id uuid, project_count bigint, task_count bigint, trash_count bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin');
  RETURN QUERY
  SELECT * FROM (
    SELECT m.user_id, (SELECT count(*) FROM public.containers c WHERE c.tenant_id = m.tenant_id AND c.owner_user_id = m.user_id),
      (SELECT count(*) FROM public.task_assignees a JOIN public.tasks t ON t.tenant_id = a.tenant_id AND t.id = a.task_id
        WHERE a.tenant_id = m.tenant_id AND a.user_id = m.user_id AND t.deleted_at IS NULL AND t.status NOT IN ('done', 'cancelled', 'archived')),
      (SELECT coalesce(sum(d.how_many), 0)::bigint FROM kernel.trash_of(m.user_id) d WHERE d.is_private)
      FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'removed'
  ) f(who, projects, tasks, trash) WHERE f.projects + f.tasks + f.trash > 0;
END $$;

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
  PERFORM kernel.hand_over_trash(person, containers_to, private_to, at);
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

CALL kernel.give_function('kernel.holdings_of(uuid)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.former_holders()', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.hand_over(uuid, uuid, uuid, uuid, timestamptz)', 'app_kernel', '{app_tenant}');
