-- An organization keeps an owner who can sign in, whatever path is taken: held here, by triggers that the isolation report lists
-- and misses when they are gone. They read as app_directory, since a person may be deactivated without any tenant entered.

CREATE FUNCTION kernel.has_owner(tenant uuid, but_not uuid DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM public.memberships m JOIN public.users u ON u.id = m.user_id
    WHERE m.tenant_id = tenant AND m.user_id IS DISTINCT FROM but_not AND m.role = 'owner' AND m.status = 'active' AND u.status = 'active'
      AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active)))
$$;

-- As before, by the one rule: what a page says of the last owner is what the triggers below hold.
DROP FUNCTION kernel.seats_of(uuid);
CREATE FUNCTION kernel.seats_of(person uuid) RETURNS TABLE (tenant_id uuid, slug text, name text, is_last_owner boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.slug, o.name, m.role = 'owner' AND m.status = 'active' AND NOT kernel.has_owner(o.id, person)
    FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id
   WHERE m.user_id = person AND m.status IN ('active', 'suspended', 'pending_approval') AND o.deleted_at IS NULL ORDER BY o.name
$$;

-- Two who step down at once wait for each other at the organization's row; the second then sees that the first has gone. The
-- weaker lock, since writers of other rows hold a share of it, and would wait for each other for ever.
CREATE FUNCTION kernel.require_owner(tenant uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM FROM public.organizations o WHERE o.id = tenant FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM public.organizations o WHERE o.id = tenant AND o.deleted_at IS NULL) AND NOT kernel.has_owner(tenant) THEN
    RAISE EXCEPTION 'an organization keeps an owner' USING ERRCODE = 'BH002';
  END IF;
END $$;

CREATE FUNCTION kernel.keep_an_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tenant uuid;
BEGIN
  IF TG_TABLE_NAME = 'users' THEN
    FOR tenant IN SELECT m.tenant_id FROM public.memberships m WHERE m.user_id = OLD.id AND m.role = 'owner' AND m.status = 'active' ORDER BY m.tenant_id LOOP
      PERFORM kernel.require_owner(tenant);
    END LOOP;
  ELSE
    PERFORM kernel.require_owner(OLD.tenant_id);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER keep_an_owner AFTER UPDATE ON memberships FOR EACH ROW
  WHEN (OLD.role = 'owner' AND OLD.status = 'active' AND (NEW.role <> 'owner' OR NEW.status <> 'active' OR NEW.admitted_by_rule_id IS DISTINCT FROM OLD.admitted_by_rule_id))
  EXECUTE FUNCTION kernel.keep_an_owner();
CREATE TRIGGER keep_an_owner AFTER UPDATE ON access_rules FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION kernel.keep_an_owner();
CREATE TRIGGER keep_an_owner AFTER UPDATE ON users FOR EACH ROW WHEN (OLD.status = 'active' AND NEW.status <> 'active') EXECUTE FUNCTION kernel.keep_an_owner();

-- Nobody changes their own role or standing by a plain write, nor brings back somebody who has left: stepping down, leaving, handing
-- over and accepting are functions, which run as another role. Not SECURITY DEFINER: it asks who writes.
CREATE FUNCTION kernel.hold_standing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF current_user = 'app_tenant' AND (NEW.user_id = kernel.user_id() OR OLD.status IN ('removed', 'declined')) THEN
    RAISE EXCEPTION 'nobody changes their own role or standing' USING ERRCODE = 'BH003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_standing BEFORE UPDATE ON memberships FOR EACH ROW WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION kernel.hold_standing();
REVOKE ALL ON FUNCTION kernel.hold_standing() FROM PUBLIC;

-- An owner makes an active member an owner and steps down to admin, in one act.
CREATE FUNCTION kernel.transfer_ownership(successor uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner');
  IF successor = kernel.user_id() THEN RETURN 'oneself'; END IF;
  UPDATE public.memberships m SET role = 'owner', updated_at = at, version = m.version + 1
   WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = successor AND m.status = 'active';
  IF NOT FOUND THEN RETURN 'gone'; END IF;
  UPDATE public.memberships m SET role = 'admin', updated_at = at, version = m.version + 1 WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id();
  RETURN 'transferred';
END $$;

-- ---------------------------------------------------------------------------------------------------------------
-- Offboarding. What somebody holds, counted where the asker may not look: private projects are numbers, never names.

CREATE POLICY tenant_for_kernel ON task_assignees FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON tasks FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_to_hand_over ON containers FOR UPDATE TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT, INSERT, DELETE ON task_assignees TO app_kernel;
GRANT SELECT ON tasks TO app_kernel;
GRANT UPDATE (owner_user_id, updated_at, version) ON containers TO app_kernel;

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
  UNION ALL SELECT 'grants', false, count(*) FROM public.container_members c WHERE c.tenant_id = kernel.tenant_id() AND c.user_id = person;
END $$;

-- Hands what one member holds to others: containers to one, open tasks to another (nobody: they are left without an assignee).
-- Private containers change hands here and nowhere else. An admin hands over; an owner's things are an owner's to hand over.
CREATE FUNCTION kernel.hand_over(person uuid, containers_to uuid, private_to uuid, tasks_to uuid, at timestamptz) RETURNS TABLE (kind text, container_id uuid, is_private boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  tenant uuid := kernel.tenant_id();
  theirs record;
BEGIN
  SELECT m.role INTO theirs FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id = person FOR UPDATE;
  IF person <> kernel.user_id() THEN
    IF theirs.role = 'owner' THEN PERFORM kernel.require_role('owner'); ELSE PERFORM kernel.require_role('owner', 'admin'); END IF;
  END IF;
  IF EXISTS (SELECT FROM unnest(ARRAY[containers_to, private_to, tasks_to]) r WHERE r IS NOT NULL AND (r = person OR NOT EXISTS (
    SELECT FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id = r AND m.status = 'active'))) THEN
    RAISE EXCEPTION 'only an active member can take over' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN QUERY
  UPDATE public.containers c SET owner_user_id = CASE c.visibility WHEN 'private' THEN private_to ELSE containers_to END, updated_at = at, version = c.version + 1
   WHERE c.tenant_id = tenant AND c.owner_user_id = person AND CASE c.visibility WHEN 'private' THEN private_to ELSE containers_to END IS NOT NULL
  RETURNING 'container', c.id, c.visibility = 'private';
  IF tasks_to IS NOT NULL THEN
    INSERT INTO public.task_assignees (tenant_id, id, project_id, task_id, user_id, role, created_by, created_at, updated_at)
    SELECT a.tenant_id, gen_random_uuid(), a.project_id, a.task_id, tasks_to, a.role, kernel.user_id(), at, at
      FROM public.task_assignees a JOIN public.tasks t ON t.tenant_id = a.tenant_id AND t.id = a.task_id
     WHERE a.tenant_id = tenant AND a.user_id = person AND t.deleted_at IS NULL AND t.status NOT IN ('done', 'cancelled', 'archived')
    ON CONFLICT DO NOTHING;
  END IF;
  DELETE FROM public.task_assignees a USING public.tasks t WHERE a.tenant_id = tenant AND a.user_id = person AND t.tenant_id = a.tenant_id AND t.id = a.task_id
    AND t.status NOT IN ('done', 'cancelled', 'archived');
END $$;

-- Whoever is removed keeps no seat in a team and no grant, however they are removed: rights do not come back on rejoining.
CREATE FUNCTION kernel.take_rights() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  DELETE FROM public.container_members c WHERE c.tenant_id = NEW.tenant_id AND c.user_id = NEW.user_id;
  DELETE FROM public.team_members t WHERE t.tenant_id = NEW.tenant_id AND t.user_id = NEW.user_id;
  RETURN NULL;
END $$;
CREATE POLICY directory_of_removed ON container_members FOR ALL TO app_directory USING (EXISTS (SELECT FROM memberships m WHERE m.tenant_id = container_members.tenant_id AND m.user_id = container_members.user_id AND m.status = 'removed'));
CREATE POLICY directory_of_removed ON team_members FOR ALL TO app_directory USING (EXISTS (SELECT FROM memberships m WHERE m.tenant_id = team_members.tenant_id AND m.user_id = team_members.user_id AND m.status = 'removed'));
CREATE TRIGGER take_rights AFTER UPDATE ON memberships FOR EACH ROW WHEN (NEW.status = 'removed' AND OLD.status <> 'removed') EXECUTE FUNCTION kernel.take_rights();

-- As before, with the weaker lock: an event of the same transaction already holds a share of the organization's row.
DROP FUNCTION kernel.leave_organization(timestamptz);
CREATE FUNCTION kernel.leave_organization(at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  tenant uuid := kernel.tenant_id();
  me     uuid := kernel.user_id();
BEGIN
  PERFORM FROM public.organizations o WHERE o.id = tenant FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = tenant AND m.user_id = me AND m.status <> 'removed') THEN RETURN 'gone'; END IF;
  UPDATE public.memberships m SET status = 'removed', updated_at = at, version = m.version + 1 WHERE m.tenant_id = tenant AND m.user_id = me;
  RETURN 'left';
END $$;

-- What the members page shows of people beyond their membership: how they sign in, never with what. Owners and admins only, and of
-- nobody who has left.
CREATE FUNCTION kernel.member_facts() RETURNS TABLE (user_id uuid, email text, kind text, has_password boolean, providers text[], has_second_factor boolean, user_status text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF kernel.role() NOT IN ('owner', 'admin') OR NOT EXISTS (SELECT FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.user_id = kernel.user_id() AND m.status = 'active' AND m.role IN ('owner', 'admin')) THEN
    RAISE EXCEPTION 'this takes the role of owner or admin' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY
  SELECT u.id, u.email, u.kind, u.password_hash IS NOT NULL, ARRAY(SELECT DISTINCT i.provider FROM public.user_identities i WHERE i.user_id = u.id ORDER BY 1),
    kernel.has_second_factor(u.id), u.status
    FROM public.memberships m JOIN public.users u ON u.id = m.user_id WHERE m.tenant_id = kernel.tenant_id() AND m.status IN ('active', 'suspended', 'pending_approval');
END $$;
GRANT EXECUTE ON FUNCTION kernel.role() TO app_directory;

-- As before, and: a member who is let in has been active here, written down at most every five minutes. No tenant and no person is
-- entered yet, so the policy asks for neither; the columns that may be written are few, and only functions do it.
DROP POLICY directory_to_update ON memberships;
CREATE POLICY directory_to_update ON memberships FOR UPDATE TO app_directory USING (true) WITH CHECK (true);
GRANT UPDATE (last_active_at) ON memberships TO app_directory;
DROP FUNCTION kernel.find_member(bytea, timestamptz, int, text);
CREATE FUNCTION kernel.find_member(session_hash bytea, at timestamptz, idle_minutes int, wished_slug text)
RETURNS TABLE (session_id uuid, session_kind text, method text, proven_at timestamptz, user_id uuid, name text, email text, email_verified boolean, timezone text, locale text,
  avatar_hash text, is_super_admin boolean, has_second_factor boolean, has_password boolean, gate text,
  tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text, organization_status text,
  suspended_reason text, role text, display_name text, modules text[], factor_by timestamptz, organization_gate text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH answer AS (
  SELECT p.*, o.id AS tenant_id, o.slug, o.name AS organization, o.colour, o.kind, o.timezone AS organization_timezone, o.status, o.suspended_reason, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key),
    f.factor_by,
    CASE WHEN m.password_change_required_at > coalesce((SELECT u.password_changed_at FROM public.users u WHERE u.id = p.user_id), '-infinity') THEN 'new_password'
         WHEN f.factor_by <= at THEN 'set_up_factor'
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
    ('has_owner(uuid, uuid)', 'app_directory', '{}'), ('seats_of(uuid)', 'app_directory', '{app_platform}'), ('require_owner(uuid)', 'app_directory', '{}'), ('keep_an_owner()', 'app_directory', '{}'), ('take_rights()', 'app_directory', '{}'),
    ('transfer_ownership(uuid, timestamptz)', 'app_kernel', '{app_tenant}'), ('holdings_of(uuid)', 'app_kernel', '{app_tenant}'),
    ('hand_over(uuid, uuid, uuid, uuid, timestamptz)', 'app_kernel', '{app_tenant}'), ('leave_organization(timestamptz)', 'app_kernel', '{app_tenant}'),
    ('member_facts()', 'app_directory', '{app_tenant}'), ('find_member(bytea, timestamptz, int, text)', 'app_directory', '{app_platform}')
  ) AS v(signature, owner, callers) LOOP
    CALL kernel.give_function(('kernel.' || it.signature)::regprocedure, it.owner::name, it.callers::name[]);
  END LOOP;
END $$;
