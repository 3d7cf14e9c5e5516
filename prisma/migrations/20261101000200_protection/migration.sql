-- What values may be, who may see which rows, and the questions that may be asked before an organization is known.

ALTER TABLE users
  ADD CHECK (kind IN ('person', 'service', 'system')),
  ADD CHECK (status IN ('pending_verification', 'active', 'suspended', 'deactivated')),
  ADD CHECK (password_algorithm IN ('argon2id', 'bcrypt')),
  ADD CHECK ((password_hash IS NULL) = (password_algorithm IS NULL)),
  ADD CHECK (email_lc = lower(email_lc) AND (email IS NULL) = (email_lc IS NULL)),
  ADD CHECK (char_length(name) BETWEEN 1 AND 120);
ALTER TABLE sessions ADD CHECK (kind IN ('web', 'api')), ADD CHECK (octet_length(token_hash) = 32);
ALTER TABLE organizations
  ADD CHECK (code ~ '^[A-Z0-9]{4,16}$'),
  ADD CHECK (slug ~ '^[a-z0-9-]{3,40}$'),
  ADD CHECK (kind IN ('company', 'team', 'household', 'personal')),
  ADD CHECK (status IN ('trial', 'active', 'suspended', 'cancelled')),
  ADD CHECK (join_policy IN ('invite_only', 'listed_addresses', 'approval')),
  ADD CHECK (support_policy IN ('allow', 'ask')),
  ADD CHECK (char_length(name) BETWEEN 1 AND 120),
  ADD CHECK (colour ~ '^#[0-9a-f]{6}$');
ALTER TABLE memberships
  ADD CHECK (role IN ('owner', 'admin', 'manager', 'member', 'field', 'viewer')),
  ADD CHECK (status IN ('pending_approval', 'active', 'suspended', 'removed', 'declined'));
ALTER TABLE teams ADD CHECK (char_length(name) BETWEEN 1 AND 120);
ALTER TABLE team_members ADD CHECK (role IN ('lead', 'member'));
ALTER TABLE containers
  ADD CHECK (kind IN ('project', 'ledger', 'topic', 'knowledge_base', 'property_list')),
  ADD CHECK (visibility IN ('private', 'team', 'organization')),
  ADD CHECK (default_access IN ('view', 'edit')),
  ADD CHECK ((visibility = 'team') <= (team_id IS NOT NULL)),
  ADD CHECK (char_length(name) BETWEEN 1 AND 120);
ALTER TABLE container_members
  ADD CHECK (access IN ('view', 'edit', 'manage')),
  ADD CHECK (num_nonnulls(user_id, team_id) = 1);
ALTER TABLE projects
  ADD CHECK (key ~ '^[A-Z][A-Z0-9]{1,5}$'),
  ADD CHECK (slug ~ '^[a-z0-9-]{1,60}$'),
  ADD CHECK (status IN ('active', 'paused', 'completed', 'archived')),
  ADD CHECK (char_length(description) <= 5000);
ALTER TABLE tasks
  ADD CHECK (status IN ('todo', 'in_progress', 'blocked', 'review', 'testing', 'done', 'cancelled', 'archived')),
  ADD CHECK (priority IN ('critical', 'urgent', 'high', 'medium', 'low')),
  ADD CHECK (priority_rank BETWEEN 0 AND 4),
  ADD CHECK (progress BETWEEN 0 AND 100),
  ADD CHECK (estimate_minutes BETWEEN 1 AND 144000),
  ADD CHECK (char_length(title) BETWEEN 1 AND 200),
  ADD CHECK (char_length(description) <= 2000),
  ADD CHECK (char_length(completion_summary) <= 4000),
  ADD CHECK (due_on BETWEEN '1900-01-01' AND '2100-12-31'),
  ADD CHECK (status <> 'blocked' OR char_length(blocked_reason) > 0),
  ADD CHECK (status <> 'done' OR char_length(completion_summary) > 0),
  ADD CHECK (parent_id <> id);
ALTER TABLE task_assignees ADD CHECK (role IN ('assignee', 'reviewer'));
ALTER TABLE labels ADD CHECK (char_length(name) BETWEEN 1 AND 40), ADD CHECK (colour ~ '^#[0-9a-f]{6}$');
-- Every kind of record that a shared row may point at is named here, with the container whose guard it must carry: a forged
-- or missing guard would put words into, or take a name in, a container that its author cannot see. With the foreign key on
-- (container_id, task_id) the database holds the guard to the record.
ALTER TABLE containers ADD CHECK (parent_id <> id);
ALTER TABLE record_labels ADD CHECK (min_role = 'manager'), ADD CHECK (entity_kind = 'task' AND container_id IS NOT NULL);
ALTER TABLE comments ADD CHECK (min_role = 'manager'), ADD CHECK (entity_kind = 'task' AND container_id IS NOT NULL), ADD CHECK (char_length(body) BETWEEN 1 AND 5000);
ALTER TABLE search_documents ADD CHECK (min_role = 'manager'), ADD CHECK (container_id IS NOT NULL),
  ADD CHECK (entity_kind = 'task' OR entity_kind = 'project' AND entity_id = container_id);
ALTER TABLE search_tokens ADD CHECK (min_role = 'manager'), ADD CHECK (container_id IS NOT NULL), ADD CHECK (char_length(token) BETWEEN 2 AND 32);
ALTER TABLE audit_details ADD CHECK (min_role = 'manager');
ALTER TABLE audit_events ADD CHECK (actor_kind IN ('user', 'api_key', 'system', 'support'));

-- ---------------------------------------------------------------------------------------------------------------
-- Which containers may I view, edit or manage? Asked once a statement by the policies (shared rules: docs/isolation.md).
-- It reads four tables as app_kernel, whose own policies show it the current tenant only; none of them calls it.

CREATE POLICY tenant_for_kernel ON containers FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON container_members FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON team_members FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT ON containers, container_members, team_members TO app_kernel;

CREATE FUNCTION kernel.containers_for(wish text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 200
AS $$
#variable_conflict use_column
DECLARE
  tenant  uuid := kernel.tenant_id();
  me      uuid := kernel.user_id();
  my_role text := kernel.role();
  needed  int := CASE wish WHEN 'view' THEN 1 WHEN 'edit' THEN 2 WHEN 'manage' THEN 3 END;
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
  SELECT n.id FROM nested n WHERE n.level >= needed;
END $$;
CALL kernel.give_function('kernel.containers_for(text)', 'app_kernel', '{app_tenant}');

-- A label leaves every record before it is deleted, hidden ones too: their foreign key would refuse, and so tell of them.
CREATE POLICY tenant_for_kernel ON record_labels FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT, DELETE ON record_labels TO app_kernel;

CREATE FUNCTION kernel.take_label_off(label uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF kernel.role() NOT IN ('owner', 'admin', 'manager', 'member') THEN
    RAISE EXCEPTION 'this role may not delete labels' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM public.record_labels r
   WHERE r.tenant_id = kernel.tenant_id() AND r.label_id = label AND (r.owner_user_id IS NULL OR r.owner_user_id = kernel.user_id());
END $$;
CALL kernel.give_function('kernel.take_label_off(uuid)', 'app_kernel', '{app_tenant}');

-- ---------------------------------------------------------------------------------------------------------------
-- Tenant tables.

CALL kernel.protect_table('memberships', 'organization', write_roles => '{owner,admin}', role_column => 'role', commands => '{select,insert,update}');
CALL kernel.protect_table('organization_modules', 'organization', write_roles => '{owner,admin}', commands => '{select,insert,update}');
CALL kernel.protect_table('teams', 'organization', write_roles => '{owner,admin}');
CALL kernel.protect_table('team_members', 'organization', write_roles => '{owner,admin}');
CALL kernel.protect_table('containers', 'container_itself', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,update}');
CALL kernel.protect_table('container_members', 'container', container_column => 'container_id', write_level => 'manage');
CALL kernel.protect_table('projects', 'container', container_column => 'id', commands => '{select,insert,update}');
CALL kernel.protect_table('tasks', 'container', container_column => 'project_id', commands => '{select,insert,update}');
CALL kernel.protect_table('task_assignees', 'container', container_column => 'project_id');
CALL kernel.protect_table('task_status_changes', 'container', container_column => 'project_id', person_column => 'actor_user_id', commands => '{select,insert}');
CALL kernel.protect_table('labels', 'guarded', write_roles => '{owner,admin,manager,member}');
CALL kernel.protect_table('record_labels', 'guarded', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,delete}');
CALL kernel.protect_table('comments', 'guarded', person_column => 'author_user_id', write_level => 'view', commands => '{select,insert,update}');
CALL kernel.protect_table('search_documents', 'guarded');
CALL kernel.protect_table('search_tokens', 'guarded');
CALL kernel.protect_table('audit_events', 'history', commands => '{select,insert}');
CALL kernel.protect_table('audit_details', 'guarded', write_level => 'view', write_roles => '{owner,admin,manager,member,field,viewer}', commands => '{select,insert}');

-- Global tables. The tenant role reads its own organization's row and nothing else of them.
CALL kernel.protect_global_table('users', 'reference', '{select,insert,update}');
CALL kernel.protect_global_table('sessions', 'local', '{select,insert,update}');
CALL kernel.protect_global_table('platform_audit_events', 'local', '{select,insert}');
CALL kernel.protect_global_table('organizations', 'reference', '{select,update}');
CREATE POLICY my_organization ON organizations FOR SELECT TO app_tenant USING (id = (SELECT kernel.tenant_id()));
GRANT SELECT ON organizations TO app_tenant;

-- ---------------------------------------------------------------------------------------------------------------
-- Questions asked before an organization is known. Owned by app_directory, called by the platform role only; each
-- has its own predicate (a session's hash, a person) and answers nothing about anyone else.

CREATE POLICY directory ON users FOR SELECT TO app_directory USING (true);
CREATE POLICY directory ON sessions FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON organizations FOR ALL TO app_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON memberships FOR SELECT TO app_directory USING (true);
CREATE POLICY directory_to_insert ON memberships FOR INSERT TO app_directory WITH CHECK (role = 'owner');
CREATE POLICY directory ON organization_modules FOR SELECT TO app_directory USING (true);
CREATE POLICY directory_to_insert ON organization_modules FOR INSERT TO app_directory WITH CHECK (true);
GRANT SELECT ON users, sessions, organizations, memberships, organization_modules TO app_directory;
GRANT UPDATE (last_seen_at, idle_expires_at) ON sessions TO app_directory;
GRANT INSERT ON organizations, memberships, organization_modules TO app_directory;

-- The person behind a session. A session in use slides its idle end, at most once a minute, in the same statement.
CREATE FUNCTION kernel.find_person(session_hash bytea, at timestamptz, idle_minutes int)
RETURNS TABLE (session_id uuid, user_id uuid, name text, email text, timezone text, is_super_admin boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  UPDATE public.sessions s SET last_seen_at = at, idle_expires_at = at + make_interval(mins => idle_minutes)
   WHERE s.token_hash = session_hash AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at
     AND s.last_seen_at < at - interval '1 minute';
  RETURN QUERY
  SELECT s.id, u.id, u.name, u.email, u.timezone, u.is_super_admin
    FROM public.sessions s JOIN public.users u ON u.id = s.user_id
   WHERE s.token_hash = session_hash AND s.revoked_at IS NULL AND s.expires_at > at AND s.idle_expires_at > at
     AND u.status = 'active' AND u.kind = 'person';
END $$;

-- The same person acting in one organization, named by slug: session, person, membership, role, state and modules in
-- one round trip. No row: not signed in, or nothing here that this person may know of.
CREATE FUNCTION kernel.find_member(session_hash bytea, at timestamptz, idle_minutes int, wished_slug text)
RETURNS TABLE (session_id uuid, user_id uuid, name text, email text, timezone text, is_super_admin boolean,
  tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text, organization_status text,
  suspended_reason text, role text, display_name text, modules text[])
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.*, o.id, o.slug, o.name, o.colour, o.kind, o.timezone, o.status, o.suspended_reason, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key)
  FROM kernel.find_person(session_hash, at, idle_minutes) p
  LEFT JOIN (public.organizations o JOIN public.memberships m ON m.tenant_id = o.id AND m.status = 'active')
    ON o.slug = wished_slug AND o.deleted_at IS NULL AND m.user_id = p.user_id
$$;

-- A membership read again for work done later on somebody's behalf (jobs, the seeder). No row: inactive or gone.
CREATE FUNCTION kernel.find_membership(tenant uuid, person uuid)
RETURNS TABLE (tenant_id uuid, slug text, organization text, colour text, kind text, organization_timezone text,
  user_id uuid, name text, email text, role text, display_name text, modules text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.id, o.slug, o.name, o.colour, o.kind, o.timezone, u.id, u.name, u.email, m.role, m.display_name,
    ARRAY(SELECT g.key FROM public.organization_modules g WHERE g.tenant_id = o.id AND g.enabled ORDER BY g.key)
  FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id JOIN public.users u ON u.id = m.user_id
  WHERE m.tenant_id = tenant AND m.user_id = person AND m.status = 'active' AND u.status = 'active'
    AND o.deleted_at IS NULL AND o.status IN ('trial', 'active')
$$;

-- The organizations of one person, for the switcher.
CREATE FUNCTION kernel.organizations_of(person uuid)
RETURNS TABLE (slug text, name text, colour text, role text, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.slug, o.name, o.colour, m.role, o.status
  FROM public.memberships m JOIN public.organizations o ON o.id = m.tenant_id
  WHERE m.user_id = person AND m.status = 'active' AND o.deleted_at IS NULL ORDER BY lower(o.name)
$$;

-- An organization and its owner come into being together or not at all.
CREATE FUNCTION kernel.create_organization(organization jsonb, owner_id uuid, owner_name text, membership_id uuid, modules jsonb, at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO public.organizations (id, code, slug, name, kind, status, plan_key, timezone, currency, colour, is_demo, suspended_reason, created_at, updated_at)
  SELECT o.id, o.code, o.slug, o.name, o.kind, o.status, o.plan_key, o.timezone, o.currency, o.colour, o.is_demo, o.suspended_reason, at, at
    FROM jsonb_to_record(organization) AS o(id uuid, code text, slug text, name text, kind text, status text, plan_key text,
      timezone text, currency text, colour text, is_demo boolean, suspended_reason text);
  INSERT INTO public.memberships (tenant_id, id, user_id, display_name, role, status, joined_at, created_at, updated_at)
  VALUES ((organization->>'id')::uuid, membership_id, owner_id, owner_name, 'owner', 'active', at, at, at);
  INSERT INTO public.organization_modules (tenant_id, id, key, enabled, created_by, created_at, updated_at)
  SELECT (organization->>'id')::uuid, m.id, m.key, m.enabled, owner_id, at, at
    FROM jsonb_to_recordset(modules) AS m(id uuid, key text, enabled boolean);
END $$;

GRANT EXECUTE ON FUNCTION kernel.find_person(bytea, timestamptz, int) TO app_directory;
CALL kernel.give_function('kernel.find_person(bytea, timestamptz, int)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.find_member(bytea, timestamptz, int, text)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.find_membership(uuid, uuid)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.organizations_of(uuid)', 'app_directory', '{app_platform}');
CALL kernel.give_function('kernel.create_organization(jsonb, uuid, text, uuid, jsonb, timestamptz)', 'app_directory', '{app_platform}');
