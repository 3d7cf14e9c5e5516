-- Who sees a container, and by which rule: the other side of kernel.containers_for, which asks it for one person about all
-- containers. A test compares the two for everybody (lib/isolation/explain-access.test.ts).

-- For every active member of the tenant entered: 0 nothing, 1 view, 2 edit, 3 manage, by which rule, and what lowers it.
CREATE FUNCTION kernel.levels_of(container uuid) RETURNS TABLE (user_id uuid, role text, level int, rule text, team_id uuid, own_level int, capped_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH RECURSIVE chain AS (
    SELECT c.* FROM public.containers c WHERE c.tenant_id = kernel.tenant_id() AND c.id = container
    UNION
    SELECT p.* FROM public.containers p JOIN chain c ON p.tenant_id = c.tenant_id AND p.id = c.parent_id
  ), people AS (
    SELECT m.user_id, m.role FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'active'
       AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
  ), seat AS (
    SELECT t.user_id, t.team_id FROM public.team_members t WHERE t.tenant_id = kernel.tenant_id()
  ), listed AS (
    SELECT DISTINCT ON (x.container_id, x.user_id) x.container_id, x.user_id, x.level, x.team_id FROM (
      SELECT l.container_id, coalesce(l.user_id, s.user_id) AS user_id, l.team_id, CASE l.access WHEN 'view' THEN 1 WHEN 'edit' THEN 2 ELSE 3 END AS level
        FROM public.container_members l LEFT JOIN seat s ON s.team_id = l.team_id
       WHERE l.tenant_id = kernel.tenant_id() AND l.container_id IN (SELECT c.id FROM chain c)) x
     ORDER BY x.container_id, x.user_id, x.level DESC, x.team_id NULLS FIRST
  ), facts AS (
    SELECT c.id, p.user_id, p.role, c.owner_user_id, c.visibility, c.kind, c.team_id, CASE c.default_access WHEN 'edit' THEN 2 ELSE 1 END AS standard,
           l.level AS listed, l.team_id AS listed_team, EXISTS (SELECT FROM seat s WHERE s.team_id = c.team_id AND s.user_id = p.user_id) AS in_team
      FROM chain c CROSS JOIN people p LEFT JOIN listed l ON l.container_id = c.id AND l.user_id = p.user_id
  ), ruled AS (
    SELECT f.*, CASE
        WHEN f.owner_user_id = f.user_id THEN 'container_owner'
        WHEN f.visibility = 'private' THEN CASE WHEN f.listed IS NULL THEN 'private' WHEN f.listed_team IS NULL THEN 'listed' ELSE 'team_listed' END
        WHEN f.role IN ('owner', 'admin') THEN 'role'
        WHEN f.role = 'manager' AND f.visibility = 'organization' THEN 'role'
        WHEN f.role = 'manager' AND f.in_team THEN 'team_manager'
        WHEN f.listed > f.standard THEN CASE WHEN f.listed_team IS NULL THEN 'listed' ELSE 'team_listed' END
        WHEN f.visibility = 'team' AND f.in_team THEN 'team'
        WHEN f.visibility = 'organization' AND NOT (f.role = 'field' AND f.kind IN ('project', 'ledger', 'topic')) THEN 'organization'
        WHEN f.listed IS NOT NULL THEN CASE WHEN f.listed_team IS NULL THEN 'listed' ELSE 'team_listed' END
        WHEN f.visibility = 'team' THEN 'other_team'
        ELSE 'field'
      END AS rule FROM facts f
  ), leveled AS (
    SELECT r.*, CASE r.rule WHEN 'container_owner' THEN 3 WHEN 'role' THEN 3 WHEN 'team_manager' THEN 3 WHEN 'team' THEN r.standard WHEN 'organization' THEN r.standard
        WHEN 'private' THEN 0 WHEN 'other_team' THEN 0 WHEN 'field' THEN 0 ELSE CASE WHEN r.visibility = 'private' THEN r.listed ELSE greatest(r.listed, r.standard) END END AS own
      FROM ruled r
  ), lowest AS (
    -- A chain that never ends at a container without a parent is nobody's.
    SELECT l.user_id, CASE WHEN EXISTS (SELECT FROM chain c WHERE c.parent_id IS NULL) THEN min(l.own) ELSE 0 END AS level FROM leveled l GROUP BY l.user_id
  )
  SELECT l.user_id, l.role, CASE l.role WHEN 'viewer' THEN least(m.level, 1) ELSE m.level END, l.rule,
         CASE WHEN l.rule = 'team_listed' THEN l.listed_team WHEN l.rule IN ('team', 'team_manager', 'other_team') THEN l.team_id END, l.own,
         CASE WHEN m.level < l.own THEN 'parent' WHEN l.role = 'viewer' AND l.own > 1 THEN 'viewer' END
    FROM leveled l JOIN lowest m ON m.user_id = l.user_id WHERE l.id = container
$$;

-- The same, for whoever manages the container; nobody else learns who sees what.
CREATE FUNCTION kernel.explain_access(container uuid) RETURNS TABLE (user_id uuid, role text, level int, rule text, team_id uuid, own_level int, capped_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF container IS NULL OR NOT EXISTS (SELECT FROM kernel.containers_for('manage') c WHERE c = container) THEN
    RAISE EXCEPTION 'only whoever manages a container learns who sees it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT * FROM kernel.levels_of(container);
END $$;

-- Which of these people can see a container; asked about one that the asker cannot see, none.
CREATE FUNCTION kernel.viewers_of(container uuid, people uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT l.user_id FROM kernel.levels_of(container) l
   WHERE l.level > 0 AND l.user_id = ANY (people) AND EXISTS (SELECT FROM kernel.containers_for('view') c WHERE c = container)
$$;

CALL kernel.give_function('kernel.levels_of(uuid)', 'app_kernel', '{}');
CALL kernel.give_function('kernel.explain_access(uuid)', 'app_kernel', '{app_tenant}');
CALL kernel.give_function('kernel.viewers_of(uuid, uuid[])', 'app_kernel', '{app_tenant}');
