-- The rules of docs/isolation.md, asked of the live catalog: one row (rule, object, finding) for every violation.
-- It reads only what every role may read, so the console shows it under app_tenant; it names schema, never content.
WITH ours(name, at_runtime) AS (
  VALUES ('app_tenant', true), ('app_platform', true), ('app_kernel', false), ('app_directory', false), ('app_owner', false)
), actor AS (
  SELECT r.oid, r.rolname::text AS name, o.at_runtime, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication, r.rolcanlogin
    FROM pg_roles r JOIN ours o ON o.name = r.rolname
  UNION ALL SELECT 0, 'PUBLIC', true, false, false, false, false, false, false
), runtime AS (
  SELECT * FROM actor WHERE at_runtime AND oid <> 0
), schema AS (
  SELECT oid, nspname::text AS name, nspacl, nspowner FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), relation AS (
  SELECT c.oid, s.name AS schema, c.relname::text AS short, s.name || '.' || c.relname AS name, c.relkind AS kind, c.relowner, c.relacl,
         c.relrowsecurity, c.relforcerowsecurity, c.relispartition, coalesce(c.reloptions, '{}') AS options, d AS declared
    FROM pg_class c JOIN schema s ON s.oid = c.relnamespace LEFT JOIN kernel.tables d ON s.name = 'public' AND d.table_name = c.relname
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
), tenant_table AS (
  SELECT * FROM relation WHERE kind IN ('r', 'p') AND (declared).family <> 'global'
), tenant_column AS (
  SELECT t.oid, t.name, a.attnum, a.attnotnull, a.atttypid, pg_get_expr(e.adbin, e.adrelid) AS standard
    FROM tenant_table t LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
), key AS (
  SELECT t.oid, t.name, coalesce((t.declared).family <> 'global', false) AS of_tenant, c.conname::text AS constraint_name, c.contype, c.conkey, c.confkey,
         c.confupdtype, c.confdeltype, f.name AS target, coalesce((f.declared).family <> 'global', false) AS to_tenant,
         (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum) AS columns,
         (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.attnum) AS target_columns
    FROM pg_constraint c JOIN relation t ON t.oid = c.conrelid LEFT JOIN relation f ON f.oid = c.confrelid WHERE c.contype IN ('p', 'u', 'f', 'x')
), policy AS (
  SELECT t.oid, t.name AS relation, t.short, p.polname::text AS policy, p.polpermissive, ARRAY(SELECT coalesce(a.rolname::text, 'PUBLIC') FROM unnest(p.polroles) r LEFT JOIN pg_roles a ON a.oid = r) AS roles,
         CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END AS command,
         pg_get_expr(p.polqual, p.polrelid) AS reads, pg_get_expr(p.polwithcheck, p.polrelid) AS writes
    FROM pg_policy p JOIN relation t ON t.oid = p.polrelid
), planned AS (
  SELECT t.name AS relation, e.policy, e.command, 'app_tenant' AS role, e.using_expression AS reads, e.check_expression AS writes FROM tenant_table t, kernel.policies_of(t.declared) e
  UNION ALL SELECT r.name, CASE WHEN (r.declared).person_column IS NULL THEN 'directory_of_the_platform' ELSE 'rows_of_this_person' END, 'all', 'app_platform', c, c
    FROM relation r, LATERAL (SELECT CASE WHEN (r.declared).person_column IS NULL THEN 'true' ELSE kernel.piece('me', (r.declared).person_column, 'standard') END) v(c)
   WHERE (r.declared).family = 'global' AND cardinality((r.declared).commands) > 0
  UNION ALL SELECT 'public.organizations', 'my_organization', 'select', 'app_tenant', '(id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  UNION ALL SELECT 'public.' || v.t, 'tenant_for_kernel', v.c, 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
    FROM (VALUES ('container_members', 'all'), ('team_members', 'all'), ('record_labels', 'all'), ('memberships', 'all'), ('access_rules', 'select'), ('invitations', 'all')) v(t, c)
  -- A deleted project is nobody's; the directory brings it back, or erases it when its time is over.
  UNION ALL SELECT 'public.containers', 'tenant_for_kernel', 'select', 'app_kernel', '((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (deleted_at IS NULL))', NULL
  UNION ALL SELECT 'public.containers', 'directory_of_deleted', 'update', 'app_directory', '(deleted_at IS NOT NULL)', 'true'
  UNION ALL SELECT 'public.projects', v.p, v.c, 'app_directory', format('((tenant_id, id) IN ( SELECT c.tenant_id,%1$s    c.id%1$s   FROM containers c%1$s  WHERE (c.deleted_at IS NOT NULL)))', E'\n'), NULL
    FROM (VALUES ('directory_of_deleted', 'select'), ('directory_of_deleted_to_update', 'update')) v(p, c)
  UNION ALL SELECT t.name, v.p, v.c, 'app_directory', (SELECT CASE WHEN count(*) > 1 THEN '(' || string_agg(e, ' OR ' ORDER BY at) || ')' ELSE min(e) END
      FROM unnest(kernel.project_columns(substr(t.name, 8))) WITH ORDINALITY u(f, at), format('((tenant_id, %2$s) IN ( SELECT c.tenant_id,%1$s    c.id%1$s   FROM containers c%1$s  WHERE (c.purge_after <= now())))', E'\n', f) e), NULL
    FROM tenant_table t, (VALUES ('directory_to_erase_project', 'delete'), ('directory_to_find_project', 'select')) v(p, c) WHERE kernel.project_columns(substr(t.name, 8)) <> '{}'
  -- Plans and limits.
  UNION ALL SELECT 'public.' || t, 'directory', 'select', 'app_directory', 'true', NULL FROM unnest('{containers}'::text[]) t
  UNION ALL SELECT 'public.' || t, 'directory', 'all', 'app_directory', 'true', 'true' FROM unnest('{plans,organization_limits,usage_counts}'::text[]) t
  -- Archives: rows as they were, into an organization that is being restored.
  UNION ALL SELECT t.name, 'directory_to_restore', 'insert', 'app_directory', NULL, format('(tenant_id IN ( SELECT o.id%1$s   FROM organizations o%1$s  WHERE (o.restoring_until > now())))', E'\n')
    FROM tenant_table t WHERE (t.declared).archived
  UNION ALL SELECT 'public.memberships', 'directory_to_restore', 'insert', 'app_directory', NULL, format('((status = ''removed''::text) AND (tenant_id IN ( SELECT o.id%1$s   FROM organizations o%1$s  WHERE (o.restoring_until > now()))))', E'\n')
  -- Who was refused where reading is recorded.
  UNION ALL SELECT 'public.refused_attempts', 'tenant_for_kernel', 'insert', 'app_kernel', NULL, '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))'
  UNION ALL SELECT 'public.projects', 'tenant_for_kernel', 'select', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  UNION ALL SELECT 'public.' || t, 'tenant_to_note', 'select', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL FROM unnest('{workstreams,goals,ideas,suggestions}'::text[]) t
  -- Links of a task that goes with its import.
  UNION ALL SELECT 'public.record_links', 'tenant_for_kernel', 'all', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  -- Settings, and the end of an organization.
  UNION ALL SELECT 'public.organization_slugs', 'directory', 'all', 'app_directory', 'true', 'true'
  UNION ALL SELECT t.name, v.p, v.c, 'app_directory', format('(tenant_id IN ( SELECT o.id%1$s   FROM organizations o%1$s  WHERE (o.purge_after <= now())))', E'\n'), NULL
    FROM tenant_table t, (VALUES ('directory_to_erase', 'delete'), ('directory_to_find', 'select')) v(p, c)
  -- Those who stood for what was made elsewhere, once they stand nowhere.
  UNION ALL SELECT 'public.users', 'directory_to_erase', 'delete', 'app_directory', format('((kind = ''system''::text) AND (NOT (EXISTS ( SELECT%1$s   FROM memberships m%1$s  WHERE (m.user_id = users.id)))))', E'\n'), NULL
  UNION ALL SELECT 'public.notification_mutes', 'directory_to_erase', 'delete', 'app_directory', format('(organization_id IN ( SELECT o.id%1$s   FROM organizations o%1$s  WHERE (o.purge_after <= now())))', E'\n'), NULL
  -- Seals of the history.
  UNION ALL SELECT 'public.audit_seals', 'directory', 'all', 'app_directory', 'true', 'true'
  UNION ALL SELECT 'public.' || t, 'directory', 'select', 'app_directory', 'true', NULL FROM unnest('{audit_events,audit_details}'::text[]) t
  UNION ALL SELECT 'public.audit_events', 'directory_to_purge', 'delete', 'app_directory', '(at < (now() - ''89 days''::interval))', NULL
  UNION ALL SELECT 'public.audit_details', 'directory_to_purge', 'delete', 'app_directory', format('(EXISTS ( SELECT%1$s   FROM audit_events e%1$s  WHERE ((e.tenant_id = audit_details.tenant_id) AND (e.id = audit_details.event_id) AND (e.at < (now() - ''89 days''::interval)))))', E'\n'), NULL
  -- Offboarding: what somebody held is counted, handed over and taken away.
  UNION ALL SELECT 'public.' || v.t, v.p, v.c, 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
    FROM (VALUES ('task_assignees', 'tenant_for_kernel', 'all'), ('containers', 'tenant_to_hand_over', 'update')) v(t, p, c)
  UNION ALL SELECT 'public.' || t, 'directory_of_removed', 'all', 'app_directory',
    format('(EXISTS ( SELECT%1$s   FROM memberships m%1$s  WHERE ((m.tenant_id = %2$s.tenant_id) AND (m.user_id = %2$s.user_id) AND (m.status = ''removed''::text))))', E'\n', t), NULL FROM unnest('{container_members,team_members}'::text[]) t
  UNION ALL SELECT 'public.jobs', 'tenant_for_kernel', 'select', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  UNION ALL SELECT 'public.notifications', 'directory_to_sweep', 'delete', 'app_directory', '((created_at < (now() - ''89 days''::interval)) AND ((read_at IS NOT NULL) OR (NOT in_app)))', NULL
  -- Saved views go with whoever is removed, and are counted before.
  UNION ALL SELECT 'public.saved_views', 'tenant_for_kernel', 'select', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  UNION ALL SELECT 'public.saved_views', 'directory_of_removed', 'all', 'app_directory',
    format('(EXISTS ( SELECT%1$s   FROM memberships m%1$s  WHERE ((m.tenant_id = saved_views.tenant_id) AND (m.user_id = saved_views.owner_user_id) AND (m.status = ''removed''::text))))', E'\n'), NULL
  UNION ALL SELECT 'public.audit_events', 'tenant_for_kernel', 'insert', 'app_kernel', NULL, '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))'
  UNION ALL SELECT 'public.users', 'for_set_up', 'all', 'app_owner', 'true', 'true'
  UNION ALL SELECT 'public.users', 'person_for_kernel', 'select', 'app_kernel', '(id = ( SELECT kernel.user_id() AS user_id))', NULL
  UNION ALL SELECT 'public.organizations', 'my_organization_for_kernel', 'all', 'app_kernel', '(id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  UNION ALL SELECT 'public.' || v.t, v.p, v.c, 'app_directory', v.reads, v.writes
    FROM (VALUES ('users', 'directory', 'select', 'true', NULL), ('sessions', 'directory', 'all', 'true', 'true'), ('organizations', 'directory', 'all', 'true', 'true'),
      ('memberships', 'directory', 'select', 'true', NULL), ('memberships', 'directory_to_insert', 'insert', NULL, '(role = ''owner''::text)'),
      ('organization_modules', 'directory', 'select', 'true', NULL), ('organization_modules', 'directory_to_insert', 'insert', NULL, 'true'), ('users', 'directory_to_insert', 'insert', NULL, '(NOT is_super_admin)'),
      ('platform_audit_events', 'directory', 'insert', NULL, 'true'), ('memberships', 'directory_to_update', 'update', 'true', 'true'),
      ('container_members', 'directory_of_mine', 'all', '(user_id = ( SELECT kernel.user_id() AS user_id))', NULL), ('team_members', 'directory_of_mine', 'all', '(user_id = ( SELECT kernel.user_id() AS user_id))', NULL),
      ('audit_events', 'directory_to_insert', 'insert', NULL, '(((actor_kind = ''system''::text) AND (actor_user_id IS NULL)) OR (action = ANY (ARRAY[''member.left''::text, ''organization.restored''::text])) OR ((actor_kind = ''support''::text) AND (support_session_id IS NOT NULL)))'),
      ('audit_details', 'directory_to_insert', 'insert', NULL, '((container_id IS NULL) AND (owner_user_id IS NULL))'),
      ('memberships', 'directory_for_support', 'insert', NULL, '((user_id = kernel.support_user()) AND (role = ''viewer''::text) AND (status = ''removed''::text))')) v(t, p, c, reads, writes)
  UNION ALL SELECT 'public.' || t, 'directory', 'select', 'app_directory', 'true', NULL FROM unnest('{devices,user_identities,passkeys,totp_factors,avatars,notification_preferences,access_rules,invitations}'::text[]) t
  UNION ALL SELECT 'public.' || t, 'directory', 'all', 'app_directory', 'true', 'true' FROM unnest('{refresh_tokens,one_time_tokens,mails,rate_limits}'::text[]) t
  UNION ALL SELECT 'public.jobs', 'directory', 'all', 'app_directory', 'true', 'true'
  UNION ALL SELECT 'public.attachments', 'directory', 'all', 'app_directory', 'true', 'true'
  UNION ALL SELECT 'public.exports', 'directory', 'all', 'app_directory', 'true', 'true'
  UNION ALL SELECT 'public.import_batches', 'directory', 'select', 'app_directory', 'true', NULL
  UNION ALL SELECT 'public.' || v.t, 'tenant_for_kernel', v.c, 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL FROM (VALUES ('tasks', 'all'), ('labels', 'all'), ('import_rows', 'select'), ('import_batches', 'select')) v(t, c)
  -- Invitations into teams.
  UNION ALL SELECT 'public.invitation_teams', 'tenant_for_kernel', 'select', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  UNION ALL SELECT 'public.' || t, 'directory', 'select', 'app_directory', 'true', NULL FROM unnest('{invitation_teams,teams}'::text[]) t
  -- Support sessions.
  UNION ALL VALUES ('public.support_sessions', 'directory', 'all', 'app_directory', 'true', 'true'), ('public.support_sessions', 'tenant_for_kernel', 'all', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL)
  -- What the leak probe found.
  UNION ALL SELECT 'public.' || t, 'directory', 'all', 'app_directory', 'true', 'true' FROM unnest('{isolation_probes,probe_requests,slow_statements,organization_load_hours}'::text[]) t
  -- The console.
  UNION ALL SELECT 'public.' || v.t, v.p, v.c, 'app_directory', v.reads, v.writes
    FROM (VALUES ('super_admin_requests', 'directory', 'all', 'true', 'true'), ('platform_settings', 'directory', 'all', 'true', 'true'), ('announcements', 'directory', 'all', 'true', 'true'), ('recovery_codes', 'directory', 'all', 'true', 'true'), ('platform_audit_events', 'directory_to_read', 'select', 'true', NULL), ('organization_modules', 'directory_to_update', 'update', 'true', 'true'),
      ('users', 'directory_to_update', 'update', '(kind = ''person''::text)', '(kind = ''person''::text)'), ('totp_factors', 'directory_to_delete', 'delete', 'true', NULL), ('passkeys', 'directory_to_delete', 'delete', 'true', NULL)) v(t, p, c, reads, writes)
  -- The running of the installation.
  UNION ALL VALUES ('public.organization_load', 'directory', 'all', 'app_directory', 'true', 'true'), ('public.backup_runs', 'directory', 'select', 'app_directory', 'true', NULL), ('public.backup_runs', 'for_set_up', 'all', 'app_owner', 'true', 'true')
  -- API keys.
  UNION ALL VALUES ('public.api_keys', 'directory', 'all', 'app_directory', 'true', 'true'), ('public.api_keys', 'tenant_for_kernel', 'all', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL)
  -- Notifications.
  UNION ALL SELECT 'public.notifications', 'tenant_for_kernel', 'all', 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
  UNION ALL SELECT 'public.' || t, 'directory', 'select', 'app_directory', 'true', NULL FROM unnest('{notifications,notification_settings,notification_mutes}'::text[]) t
  -- Tasks that go to another project.
  UNION ALL SELECT 'public.' || v.t, v.p, v.c, 'app_kernel', '(tenant_id = ( SELECT kernel.tenant_id() AS tenant_id))', NULL
    FROM (SELECT t, 'tenant_to_move', 'all' FROM unnest('{task_status_changes,task_progress,task_dependencies,comments,attachments,search_documents,search_tokens,context_entries,context_versions,context_delegations,idea_tasks,import_id_map}'::text[]) t
      UNION ALL VALUES ('task_moves', 'tenant_for_kernel', 'all'), ('import_rows', 'tenant_to_move', 'update'), ('refused_attempts', 'tenant_to_find', 'select'), ('refused_attempts', 'tenant_to_move', 'update')) v(t, p, c)
), granted AS (
  SELECT a.name AS grantee, r.name AS object, x.privilege_type::text AS privilege, x.is_grantable FROM relation r, aclexplode(r.relacl) x JOIN actor a ON a.oid = x.grantee WHERE x.grantee <> r.relowner
  UNION ALL SELECT a.name, r.name || '(' || c.attname || ')', x.privilege_type, x.is_grantable
    FROM relation r JOIN pg_attribute c ON c.attrelid = r.oid, aclexplode(c.attacl) x JOIN actor a ON a.oid = x.grantee WHERE x.grantee <> r.relowner
  UNION ALL SELECT a.name, s.name || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', x.privilege_type, x.is_grantable
    FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x JOIN actor a ON a.oid = x.grantee WHERE x.grantee <> p.proowner
  UNION ALL SELECT a.name, 'schema ' || s.name, x.privilege_type, x.is_grantable FROM schema s, aclexplode(s.nspacl) x JOIN actor a ON a.oid = x.grantee WHERE x.grantee <> s.nspowner AND a.name <> 'app_owner'
), console(f) AS (
  SELECT unnest('{organizations,organization,change_organization,set_plan,set_limit,set_module,create_organization,people,person,change_person,ask_super_admin,decide_super_admin,audit,plans,save_plan,remove_plan,settings,overrides,save_settings,set_switch,announcements,announce,end_announcement,ask_probe,statements}'::text[])
), may(grantee, object, privilege) AS (
  SELECT 'app_tenant', t.name, upper(c) FROM tenant_table t, unnest((t.declared).commands) c WHERE NOT (c = 'select' AND (t.declared).hidden_columns IS NOT NULL)
  UNION ALL SELECT 'app_tenant', t.name || '(' || a.attname || ')', 'SELECT' FROM tenant_table t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE 'select' = ANY ((t.declared).commands) AND a.attname <> ALL ((t.declared).hidden_columns)
  UNION ALL SELECT 'app_platform', r.name, upper(c) FROM relation r, unnest((r.declared).commands) c WHERE (r.declared).family = 'global' AND NOT (c = 'select' AND (r.declared).hidden_columns IS NOT NULL)
     AND NOT (c IN ('insert', 'update') AND (r.declared).fixed_columns IS NOT NULL)
  UNION ALL SELECT 'app_platform', r.name || '(' || a.attname || ')', 'SELECT' FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
   WHERE (r.declared).family = 'global' AND 'select' = ANY ((r.declared).commands) AND a.attname <> ALL ((r.declared).hidden_columns)
  UNION ALL SELECT 'app_platform', r.name || '(' || a.attname || ')', upper(c) FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped, unnest((r.declared).commands) c
   WHERE (r.declared).family = 'global' AND c IN ('insert', 'update') AND a.attname <> ALL ((r.declared).fixed_columns)
  UNION ALL SELECT 'app_' || split_part(v, ' ', 1), split_part(v, ' ', 3), split_part(v, ' ', 2)
    FROM unnest('{tenant SELECT public.organizations, tenant SELECT kernel.tables, platform SELECT kernel.tables, kernel SELECT public.containers, kernel SELECT public.container_members,
      kernel SELECT public.team_members, kernel SELECT public.record_labels, kernel DELETE public.record_labels, kernel DELETE public.container_members, kernel DELETE public.team_members,
      kernel SELECT public.users, kernel SELECT public.organizations, kernel UPDATE public.organizations(updated_at), kernel UPDATE public.organizations(join_policy), kernel UPDATE public.organizations(second_factor_required_at),
      kernel UPDATE public.organizations(second_factor_grace_days), kernel UPDATE public.organizations(name), kernel UPDATE public.organizations(timezone), kernel SELECT public.memberships, kernel INSERT public.memberships, kernel UPDATE public.memberships,
      kernel SELECT public.access_rules, kernel SELECT public.invitations, kernel UPDATE public.invitations(accepted_at), kernel UPDATE public.invitations(accepted_by), kernel UPDATE public.invitations(updated_at),
      kernel INSERT public.audit_events, directory SELECT public.users, directory SELECT public.sessions,
      directory SELECT public.organizations, directory SELECT public.memberships, directory SELECT public.organization_modules, directory INSERT public.organizations, directory INSERT public.memberships,
      directory INSERT public.organization_modules, directory UPDATE public.sessions(last_seen_at), directory UPDATE public.sessions(idle_expires_at), directory UPDATE public.sessions(revoked_at), directory UPDATE public.sessions(revoke_reason),
      directory SELECT public.refresh_tokens, directory SELECT public.devices, directory SELECT public.user_identities, directory SELECT public.passkeys, directory SELECT public.totp_factors, directory SELECT public.avatars,
      directory SELECT public.notification_preferences, directory SELECT public.one_time_tokens, directory SELECT public.mails, directory SELECT public.access_rules, directory SELECT public.invitations, directory INSERT public.users,
      directory DELETE public.one_time_tokens, directory DELETE public.mails, directory SELECT public.rate_limits, directory DELETE public.rate_limits, directory INSERT public.one_time_tokens, directory INSERT public.mails, directory INSERT public.platform_audit_events, directory UPDATE public.one_time_tokens(used_at), directory UPDATE public.refresh_tokens(used_at),
      directory UPDATE public.mails(status), directory UPDATE public.mails(data), directory UPDATE public.mails(attempts), directory UPDATE public.mails(run_after), directory UPDATE public.mails(locked_until),
      directory SELECT public.container_members, directory DELETE public.container_members, directory SELECT public.team_members, directory DELETE public.team_members, directory INSERT public.audit_events,
      directory UPDATE public.memberships(status), directory UPDATE public.memberships(display_name), directory UPDATE public.memberships(updated_at), directory UPDATE public.memberships(version),
      directory UPDATE public.organizations(updated_at), directory UPDATE public.mails(sent_at), directory UPDATE public.mails(error)}'::text[]) v
  UNION ALL SELECT 'app_' || split_part(v, ' ', 1), split_part(v, ' ', 3), split_part(v, ' ', 2)
    FROM unnest('{kernel SELECT public.task_assignees, kernel INSERT public.task_assignees, kernel DELETE public.task_assignees, kernel SELECT public.tasks, kernel UPDATE public.containers(owner_user_id),
      kernel UPDATE public.containers(updated_at), kernel UPDATE public.containers(version), directory UPDATE public.memberships(last_active_at)}'::text[]) v
  UNION ALL SELECT 'app_tenant', 'kernel.' || f, 'EXECUTE' FROM unnest(ARRAY['transfer_ownership(successor uuid, at timestamp with time zone)', 'holdings_of(person uuid)',
    'hand_over(person uuid, containers_to uuid, private_to uuid, tasks_to uuid, at timestamp with time zone)', 'member_facts()']) f
  UNION ALL SELECT 'app_kernel', 'kernel.' || f, 'EXECUTE' FROM unnest(ARRAY['trash_of(person uuid)', 'hand_over_trash(person uuid, containers_to uuid, private_to uuid, at timestamp with time zone)']) f
  UNION ALL SELECT 'app_directory', 'kernel.local_time(at timestamp with time zone, zone text)', 'EXECUTE'
  UNION ALL SELECT 'app_platform', 'kernel.sweep_notifications(at timestamp with time zone, how_many integer)', 'EXECUTE'
  UNION ALL SELECT 'app_tenant', 'kernel.import_job_is_over(batch uuid)', 'EXECUTE'
  UNION ALL SELECT 'app_kernel', 'public.jobs(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,status}'::text[]) c
  UNION ALL SELECT 'app_kernel', 'public.import_batches(options)', 'SELECT'
  UNION ALL SELECT 'app_tenant', 'kernel.former_holders()', 'EXECUTE'
  UNION ALL SELECT 'app_kernel', 'public.saved_views(' || c || ')', 'SELECT' FROM unnest('{tenant_id,owner_user_id,is_shared}'::text[]) c
  UNION ALL SELECT 'app_directory', 'public.saved_views(owner_user_id)', 'SELECT'
  UNION ALL SELECT 'app_kernel', 'public.record_links' || v.c, v.p FROM (VALUES ('(tenant_id)', 'SELECT'), ('(from_id)', 'SELECT'), ('(to_id)', 'SELECT'), ('', 'DELETE')) v(c, p)
  UNION ALL SELECT 'app_directory', 'kernel.role()', 'EXECUTE'
  UNION ALL SELECT 'app_directory', name, 'INSERT' FROM tenant_table WHERE (declared).archived
  UNION ALL SELECT 'app_' || g, f, p FROM (VALUES ('directory', 'public.organizations(restoring_until)', 'UPDATE'), ('directory', 'kernel.require_restore()', 'EXECUTE'), ('directory', 'kernel.archive_tables()', 'EXECUTE'), ('tenant', 'kernel.archive_tables()', 'EXECUTE'),
      ('tenant', 'kernel.archive_rows(wished text, after uuid, how_many integer)', 'EXECUTE'), ('tenant', 'kernel.open_restore(at timestamp with time zone)', 'EXECUTE'), ('tenant', 'kernel.close_restore()', 'EXECUTE'),
      ('tenant', 'kernel.restore_people(people jsonb, at timestamp with time zone)', 'EXECUTE'), ('tenant', 'kernel.restore_rows(wished text, rows jsonb)', 'EXECUTE')) v(g, f, p)
  UNION ALL SELECT 'app_kernel', 'public.import_batches(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,requested_by,status}'::text[]) c
  UNION ALL VALUES ('app_directory', 'public.api_keys(revoked_at)', 'UPDATE'), ('app_directory', 'public.attachments(size_bytes)', 'SELECT')
  UNION ALL SELECT 'app_directory', name, 'DELETE' FROM tenant_table
  UNION ALL SELECT 'app_directory', name || c, 'SELECT' FROM tenant_table, unnest('{(tenant_id),(id)}'::text[]) c
  UNION ALL SELECT 'app_directory', name || '(' || columns[cardinality(columns)] || ')', 'SELECT' FROM key WHERE contype = 'f' AND of_tenant AND name = target
  UNION ALL VALUES ('app_directory', 'public.users', 'DELETE'), ('app_directory', 'public.import_batches(size_bytes)', 'SELECT'), ('app_directory', 'public.exports(size_bytes)', 'SELECT'), ('app_directory', 'public.exports(list)', 'SELECT'), ('app_directory', 'public.notification_mutes', 'DELETE'), ('app_directory', 'kernel.own_parent(wished text)', 'EXECUTE'), ('app_directory', 'public.organizations(plan_since)', 'UPDATE'), ('app_kernel', 'public.organizations(plan_since)', 'UPDATE'),
    ('app_platform', 'kernel.purgeable(at timestamp with time zone)', 'EXECUTE')
  UNION ALL SELECT 'app_directory', 'public.organization_slugs', c FROM unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) c
  UNION ALL SELECT 'app_directory', 'public.organizations(' || c || ')', 'UPDATE' FROM unnest('{name,slug,timezone,currency,colour,logo_hash,session_hours,allowed_domains,deleted_at,purge_after}'::text[]) c
  UNION ALL SELECT 'app_directory', split_part(v, ' ', 2), split_part(v, ' ', 1) FROM unnest('{DELETE public.organizations, SELECT kernel.tables, EXECUTE kernel.require_admin()}'::text[]) v
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('tenant', 'update_organization(wished jsonb, at timestamp with time zone)'), ('tenant', 'set_logo_hash(hash text, at timestamp with time zone)'),
      ('tenant', 'set_security(hours integer, domains text[], at timestamp with time zone)'), ('tenant', 'delete_organization(at timestamp with time zone)'), ('platform', 'moved_to(person uuid, old text, at timestamp with time zone)'),
      ('platform', 'deleted_of(person uuid, at timestamp with time zone)'), ('platform', 'restore_organization(tenant uuid, event_id uuid, at timestamp with time zone)'),
      ('platform', 'due_for_erasure(at timestamp with time zone)'), ('platform', 'erase_organization(tenant uuid, at timestamp with time zone, how_many integer)')) v(g, f)
  UNION ALL SELECT 'app_directory', split_part(v, ' ', 2), split_part(v, ' ', 1) FROM unnest('{SELECT public.audit_seals, INSERT public.audit_seals, UPDATE public.audit_seals(content), UPDATE public.audit_seals(purged_at),
      SELECT public.audit_events, DELETE public.audit_events, SELECT public.audit_details, DELETE public.audit_details}'::text[]) v
  UNION ALL SELECT 'app_directory', 'kernel.seal_hash(prev bytea, seq integer, to_at timestamp with time zone, to_id uuid, row_count integer, digest bytea)', 'EXECUTE'
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('tenant', 'verify_my_seals(from_seq integer, how_many integer)'), ('platform', 'verify_seals(tenant uuid, from_seq integer, how_many integer)'),
      ('platform', 'unsealed(before_at timestamp with time zone, how_many integer)'), ('platform', 'seal_audit(tenant uuid, before_at timestamp with time zone, at timestamp with time zone)'),
      ('platform', 'seal_of(tenant uuid, wished integer)'), ('platform', 'organizations_to_verify()'), ('platform', 'purge_audit(tenant uuid, at timestamp with time zone)')) v(g, f)
  UNION ALL SELECT 'app_' || split_part(v, ' ', 1), split_part(v, ' ', 3), split_part(v, ' ', 2)
    FROM unnest('{directory SELECT public.plans, directory SELECT public.containers(tenant_id), directory SELECT public.containers(kind), directory SELECT public.containers(archived_at),
      directory UPDATE public.organizations(status), kernel UPDATE public.organizations(plan_key), kernel UPDATE public.organizations(status)}'::text[]) v
  UNION ALL SELECT 'app_directory', 'public.containers(' || c || ')', p FROM (VALUES ('SELECT', '{id,name,visibility,team_id,owner_user_id,deleted_at,deleted_by,purge_after}'::text[]), ('UPDATE', '{name,visibility,team_id,owner_user_id,deleted_at,deleted_by,purge_after,updated_at}')) v(p, columns), unnest(columns) c
  UNION ALL SELECT 'app_' || g, o, p FROM (VALUES ('directory', 'public.projects(key)', 'SELECT'), ('directory', 'public.projects(slug)', 'UPDATE'), ('directory', 'public.projects(description)', 'UPDATE'), ('directory', 'kernel.container_limit()', 'EXECUTE'),
    ('directory', 'kernel.project_columns(wished text)', 'EXECUTE'), ('tenant', 'kernel.project_columns(wished text)', 'EXECUTE'), ('platform', 'kernel.project_columns(wished text)', 'EXECUTE'), ('tenant', 'kernel.deleted_projects(at timestamp with time zone)', 'EXECUTE'), ('tenant', 'kernel.take_team_off_deleted(team uuid, heir uuid)', 'EXECUTE'), ('tenant', 'kernel.restore_project(project uuid, at timestamp with time zone)', 'EXECUTE'),
    ('platform', 'kernel.due_projects(at timestamp with time zone)', 'EXECUTE'), ('platform', 'kernel.erase_project(tenant uuid, project uuid, at timestamp with time zone, how_many integer)', 'EXECUTE')) v(g, o, p)
  UNION ALL SELECT 'app_directory', t.name || '(' || c || ')', 'SELECT' FROM tenant_table t, unnest(kernel.project_columns(substr(t.name, 8))) c
  UNION ALL SELECT 'app_directory', 'public.' || t, c FROM unnest('{organization_limits,usage_counts}'::text[]) t, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) c
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('tenant', 'my_usage(at timestamp with time zone)'), ('tenant', 'choose_plan(wished text, at timestamp with time zone)'),
      ('platform', 'count_usage(tenant uuid, counted text, hour timestamp with time zone, amount bigint)'), ('platform', 'record_usage(at timestamp with time zone, after uuid, how_many integer)')) v(g, f)
  UNION ALL SELECT 'app_' || g, 'schema ' || s, 'USAGE' FROM unnest('{tenant,platform,kernel,directory}'::text[]) g, unnest('{public,kernel}'::text[]) s
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('tenant', 'tenant_id()'), ('kernel', 'tenant_id()'), ('directory', 'tenant_id()'), ('tenant', 'user_id()'), ('kernel', 'user_id()'), ('platform', 'user_id()'), ('directory', 'user_id()'), ('tenant', 'role()'), ('kernel', 'role()'),
      ('tenant', 'enter(tenant uuid, person uuid, role text)'), ('tenant', 'containers_for(wish text)'), ('tenant', 'take_label_off(label uuid)'),
      ('tenant', 'piece(what text, argument text, dialect text)'), ('platform', 'piece(what text, argument text, dialect text)'),
      ('tenant', 'condition(declared kernel.tables, command text, dialect text)'), ('platform', 'condition(declared kernel.tables, command text, dialect text)'),
      ('tenant', 'policies_of(declared kernel.tables, dialect text)'), ('platform', 'policies_of(declared kernel.tables, dialect text)'),
      ('platform', 'find_person(session_hash bytea, at timestamp with time zone, idle_minutes integer)'),
      ('platform', 'find_member(session_hash bytea, at timestamp with time zone, idle_minutes integer, wished_slug text)'), ('platform', 'find_membership(tenant uuid, person uuid)'),
      ('platform', 'organizations_of(person uuid)'),
      ('platform', 'enter_person(person uuid)'), ('platform', 'end_of_session(session_hash bytea)'), ('platform', 'credentials_of(address text, device_hash bytea)'), ('platform', 'my_password()'),
      ('platform', 'identity_owner(wished_issuer text, wished_subject text)'), ('platform', 'passkey_owner(wished_credential bytea)'),
      ('platform', 'create_token(token_id uuid, wished_purpose text, hash bytea, person uuid, address text, content jsonb, valid_until timestamp with time zone)'),
      ('platform', 'find_token(wished_purpose text, hash bytea, at timestamp with time zone)'), ('platform', 'use_token(wished_purpose text, hash bytea, at timestamp with time zone)'),
      ('platform', 'use_refresh_token(hash bytea, at timestamp with time zone)'),
      ('platform', 'record_event(event_id uuid, person uuid, what text, about text, succeeded boolean, why text, address text, agent text, request text, at timestamp with time zone)'),
      ('platform', 'enqueue_mail(mail_id uuid, wished_kind text, receiver text, content jsonb)'), ('tenant', 'enqueue_organization_mail(mail_id uuid, wished_kind text, receiver text, content jsonb)'),
      ('platform', 'take_mail(at timestamp with time zone, lease_seconds integer, how_many integer)'),
      ('platform', 'finish_mail(mail_id uuid, new_status text, keeps_content boolean, problem text, again_at timestamp with time zone, at timestamp with time zone)'),
      ('platform', 'list_mail(how_many integer)'), ('platform', 'wants_mail(address text, wished_kind text)'), ('platform', 'sweep(at timestamp with time zone)'), ('platform', 'avatar_of(viewer uuid, person uuid)'), ('platform', 'demo_people()'),
      ('tenant', 'sign_up(hash bytea, organization jsonb, membership_id uuid, modules jsonb, at timestamp with time zone)'),
      ('tenant', 'found_organization(session_hash bytea, organization jsonb, membership_id uuid, modules jsonb, at timestamp with time zone)'),
      ('platform', 'find_invitation(wished_code text, hash bytea, at timestamp with time zone)'),
      ('tenant', 'create_invited_person(hash bytea, person_name text, new_password_hash text, wished_timezone text, at timestamp with time zone)'),
      ('platform', 'seats_of(person uuid)'), ('platform', 'leave_everything(at timestamp with time zone)'), ('platform', 'admins_of(tenant uuid)'), ('platform', 'address_of(tenant uuid, person uuid)'), ('platform', 'member_with_address(tenant uuid, address text)'),
      ('tenant', 'set_join_policy(wished text, at timestamp with time zone)'), ('tenant', 'require_second_factor(since timestamp with time zone, grace_days integer, at timestamp with time zone)'),
      ('tenant', 'name_organization(new_name text, new_timezone text, at timestamp with time zone)'), ('platform', 'find_joinable(wished_code text)'), ('platform', 'listing(address text, domain text)'), ('tenant', 'accept_invitation(hash bytea, membership_id uuid, at timestamp with time zone)'),
      ('tenant', 'join_organization(membership_id uuid, event_id uuid, wished_role text, at timestamp with time zone)'), ('tenant', 'leave_organization(at timestamp with time zone)'),
      ('tenant', 'finish_onboarding(new_name text, at timestamp with time zone)'),
      ('platform', 'create_organization(organization jsonb, owner_id uuid, owner_name text, membership_id uuid, modules jsonb, at timestamp with time zone)')) v(g, f)
  UNION ALL SELECT 'app_directory', 'public.jobs', 'DELETE'
  UNION ALL SELECT 'app_directory', 'public.jobs(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,requested_by,status,run_after,locked_until,finished_at,attempts,failures}'::text[]) c
  UNION ALL SELECT 'app_directory', 'public.jobs(' || c || ')', 'UPDATE' FROM unnest('{status,locked_until,attempts,failures,error,finished_at,updated_at}'::text[]) c
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('platform', 'take_jobs(at timestamp with time zone, lease_seconds integer, how_many integer)'), ('platform', 'sweep_jobs(at timestamp with time zone)'),
      ('platform', 'fail_job(tenant uuid, job uuid, attempt integer, why text, at timestamp with time zone)'), ('tenant', 'take_time(seconds integer)')) v(g, f)
  UNION ALL SELECT 'app_directory', 'public.attachments', 'DELETE'
  UNION ALL SELECT 'app_directory', 'public.attachments(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,storage_key,deleted_at,missing_at,created_at}'::text[]) c
  UNION ALL SELECT 'app_directory', 'public.attachments(missing_at)', 'UPDATE'
  UNION ALL SELECT 'app_platform', 'kernel.' || f, 'EXECUTE' FROM (VALUES ('sweep_files(at timestamp with time zone)'), ('file_keys(after text, how_many integer)'), ('mark_files(lost_keys text[], known_keys text[], at timestamp with time zone)')) v(f)
  UNION ALL SELECT 'app_directory', 'public.exports', 'DELETE'
  UNION ALL SELECT 'app_directory', 'public.exports(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,storage_key,expires_at,created_at}'::text[]) c
  UNION ALL SELECT 'app_directory', 'public.import_batches(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,storage_key,created_at,updated_at}'::text[]) c
  UNION ALL SELECT 'app_kernel', 'public.import_rows(' || c || ')', 'SELECT' FROM unnest('{tenant_id,import_batch_id,outcome,target_kind,target_id,target_version}'::text[]) c
  UNION ALL SELECT 'app_kernel', 'public.labels(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,owner_user_id,version}'::text[]) c
  UNION ALL SELECT 'app_kernel', 'public.' || t, 'DELETE' FROM unnest('{tasks,labels}'::text[]) t
  UNION ALL SELECT 'app_tenant', 'kernel.unmake_labels(labels uuid[])', 'EXECUTE'
  UNION ALL SELECT 'app_tenant', 'kernel.unmake_tasks(batch uuid, tasks uuid[])', 'EXECUTE'
  -- Invitations into teams.
  UNION ALL SELECT 'app_' || split_part(v, ' ', 1), split_part(v, ' ', 3), split_part(v, ' ', 2)
    FROM unnest('{kernel SELECT public.invitation_teams, directory SELECT public.invitation_teams, directory SELECT public.teams, kernel INSERT public.team_members,
      kernel UPDATE public.invitations(declined_at), kernel UPDATE public.invitations(revoked_at)}'::text[]) v
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('tenant', 'decline_invitation(hash bytea, event_id uuid, at timestamp with time zone)'),
      ('platform', 'members_with_addresses(tenant uuid, addresses text[])')) v(g, f)
  -- Who was refused where reading is recorded.
  UNION ALL SELECT 'app_kernel', 'public.refused_attempts', 'INSERT'
  UNION ALL SELECT 'app_kernel', 'public.projects(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,slug,key}'::text[]) c
  UNION ALL SELECT 'app_kernel', format('public.%s(%s)', t, c), 'SELECT' FROM unnest('{workstreams,goals,suggestions}'::text[]) t, unnest('{tenant_id,id,project_id}'::text[]) c
  UNION ALL SELECT 'app_kernel', 'public.ideas(' || c || ')', 'SELECT' FROM unnest('{tenant_id,id,container_id,owner_user_id}'::text[]) c
  UNION ALL SELECT 'app_tenant', 'kernel.note_refused(record uuid, project text, task_number integer, what text, at timestamp with time zone)', 'EXECUTE'
  -- Explain access.
  UNION ALL SELECT 'app_tenant', 'kernel.' || f, 'EXECUTE' FROM unnest(ARRAY['explain_access(container uuid)', 'viewers_of(container uuid, people uuid[])']) f
  -- Teams and who leads them.
  UNION ALL SELECT 'app_tenant', 'kernel.' || f, 'EXECUTE' FROM unnest(ARRAY['teams_i_lead()', 'take_team_off(team uuid)']) f
  -- API keys.
  UNION ALL SELECT 'app_' || split_part(v, ' ', 1), split_part(v, ' ', 3), split_part(v, ' ', 2)
    FROM unnest('{kernel SELECT public.api_keys, directory SELECT public.api_keys, directory UPDATE public.api_keys(usage_count), directory UPDATE public.api_keys(last_used_at),
      kernel UPDATE public.api_keys(revoked_at), kernel UPDATE public.api_keys(updated_at)}'::text[]) v
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('tenant', 'container_limit()'), ('kernel', 'container_limit()'), ('tenant', 'enter(tenant uuid, person uuid, role text, only_container uuid)'),
      ('platform', 'find_api_key(hash bytea, at timestamp with time zone, wished_slug text)'), ('tenant', 'list_api_keys()'), ('tenant', 'revoke_api_key(key uuid, at timestamp with time zone)')) v(g, f)
  -- Support sessions.
  UNION ALL SELECT 'app_' || split_part(v, ' ', 1), split_part(v, ' ', 3), split_part(v, ' ', 2)
    FROM unnest('{kernel SELECT public.support_sessions, directory SELECT public.support_sessions, directory INSERT public.support_sessions, directory INSERT public.audit_details, kernel UPDATE public.organizations(support_policy)}'::text[]) v
  UNION ALL SELECT 'app_directory', 'public.support_sessions(' || c || ')', 'UPDATE' FROM unnest('{status,web_session_id,ended_at,ended_by,updated_at}'::text[]) c
  UNION ALL SELECT 'app_kernel', 'public.support_sessions(' || c || ')', 'UPDATE' FROM unnest('{status,starts_at,ends_at,ended_at,ended_by,decided_by,decided_at,updated_at}'::text[]) c
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('tenant', 'support_session()'), ('kernel', 'support_session()'), ('directory', 'support_session()'), ('directory', 'support_user()'), ('tenant', 'enter_support(tenant uuid, session uuid)'),
      ('kernel', 'note_platform_support(tenant uuid, session uuid, what text, at timestamp with time zone)'), ('directory', 'support_status(status text, created_at timestamp with time zone, ends_at timestamp with time zone, at timestamp with time zone)'), ('kernel', 'support_status(status text, created_at timestamp with time zone, ends_at timestamp with time zone, at timestamp with time zone)'),
      ('directory', 'tell_admins(wished_kind text, wished_title text, wished_body text, wished_link text, record uuid, at timestamp with time zone)'), ('platform', 'super_admin_of(session_hash bytea, at timestamp with time zone)'),
      ('platform', 'request_support(session_hash bytea, at timestamp with time zone, wished_slug text, wished_id uuid, wished_reason text, wished_reference text, wished_minutes integer, wished_mode text, is_confirmed boolean)'),
      ('platform', 'find_support(session_hash bytea, at timestamp with time zone, wished_slug text, path text)'), ('platform', 'ended_support(session_hash bytea, at timestamp with time zone, wished_slug text)'), ('platform', 'end_my_support(session_hash bytea, at timestamp with time zone, support uuid)'),
      ('platform', 'all_support_sessions(session_hash bytea, at timestamp with time zone, how_many integer)'), ('platform', 'expire_support(at timestamp with time zone)'),
      ('tenant', 'decide_support(session uuid, is_approved boolean, at timestamp with time zone)'), ('tenant', 'end_support(session uuid, at timestamp with time zone)'), ('tenant', 'set_support_policy(wished text, at timestamp with time zone)')) v(g, f)
  -- What the leak probe found.
  UNION ALL SELECT 'app_directory', 'public.isolation_probes', p FROM unnest('{SELECT,INSERT,DELETE}'::text[]) p
  UNION ALL SELECT 'app_directory', 'public.' || t, p FROM unnest('{probe_requests,slow_statements,organization_load_hours}'::text[]) t, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) p
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('owner', 'record_probe(attempts integer, tables integer, leaks integer, changes integer, milliseconds integer, findings jsonb)'), ('tenant', 'last_probe()'), ('platform', 'last_probe()'),
      ('kernel', 'wish_probe(patience interval, at timestamp with time zone)'), ('tenant', 'ask_probe(at timestamp with time zone)'), ('tenant', 'probe_request()'), ('platform', 'probe_request()'), ('owner', 'take_probe_request(at timestamp with time zone)'), ('owner', 'close_probe_request(began_at timestamp with time zone)')) v(g, f)
  -- The console.
  UNION ALL SELECT 'app_directory', split_part(v, ' ', 2), split_part(v, ' ', 1)
    FROM unnest('{SELECT public.super_admin_requests, INSERT public.super_admin_requests, SELECT public.platform_audit_events, DELETE public.totp_factors, DELETE public.passkeys, DELETE public.recovery_codes, INSERT public.plans, UPDATE public.plans, DELETE public.plans, SELECT public.platform_settings, INSERT public.platform_settings, UPDATE public.platform_settings, SELECT public.announcements, INSERT public.announcements}'::text[]) v
  UNION ALL SELECT 'app_directory', format('public.%s(%s)', v.t, c), v.p FROM (VALUES ('super_admin_requests', 'UPDATE', '{status,decided_by,decided_at}'), ('organizations', 'UPDATE', '{plan_key,suspended_reason,switches}'), ('announcements', 'UPDATE', '{until_at}'),
      ('organization_modules', 'UPDATE', '{enabled,updated_at,version}'), ('users', 'UPDATE', '{status,is_super_admin,updated_at}'), ('recovery_codes', 'SELECT', '{user_id,used_at}')) v(t, p, columns), unnest(v.columns::text[]) c
  UNION ALL SELECT 'app_directory', 'kernel.' || f, 'EXECUTE' FROM unnest('{id_at(at timestamp with time zone),"state_of(status text, deleted_at timestamp with time zone)",plan_facts(p plans)}'::text[]) f
  UNION ALL SELECT 'app_platform', 'kernel.' || f, 'EXECUTE' FROM unnest(ARRAY['is_listed(address text)', 'platform_settings_now()', 'is_enabled(tenant uuid, switch text, standard boolean)', 'current_announcements(at timestamp with time zone)']) f
  UNION ALL SELECT 'app_platform', format('kernel.console_%s(session_hash bytea, at timestamp with time zone, input jsonb)', f), 'EXECUTE' FROM console
  -- The running of the installation.
  UNION ALL SELECT 'app_directory', 'public.' || v.t, v.p FROM (VALUES ('organization_load', 'SELECT'), ('organization_load', 'INSERT'), ('organization_load', 'UPDATE'), ('organization_load', 'DELETE'), ('backup_runs', 'SELECT'), ('jobs(run_after)', 'UPDATE')) v(t, p)
  UNION ALL SELECT 'app_directory', 'public.jobs(' || c || ')', 'SELECT' FROM unnest('{kind,error,done,total,created_at}'::text[]) c
  UNION ALL SELECT 'app_directory', 'public._prisma_migrations(' || c || ')', 'SELECT' FROM unnest('{migration_name,finished_at,rolled_back_at}'::text[]) c
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('directory', 'error_class(status text, error text)'), ('platform', 'applied_migrations()'), ('platform', 'job_counts(at timestamp with time zone)'),
      ('platform', 'add_load(counted jsonb, at timestamp with time zone)'), ('platform', 'add_slow_statements(told jsonb, at timestamp with time zone)'), ('platform', 'sweep_slow_statements(at timestamp with time zone)'), ('platform', 'sweep_load_hours(at timestamp with time zone, how_many integer)'), ('platform', 'sweep_load(at timestamp with time zone, how_many integer)'), ('platform', 'last_backups(session_hash bytea, at timestamp with time zone)'),
      ('platform', 'all_jobs(session_hash bytea, at timestamp with time zone, wished_status text, wished_kind text, before uuid, how_many integer)'), ('platform', 'steer_job(session_hash bytea, at timestamp with time zone, tenant uuid, job uuid, wished text)'),
      ('platform', 'busiest(session_hash bytea, at timestamp with time zone, minutes integer, after_ms bigint, after_id uuid, how_many integer)'), ('platform', 'storage_of_all(session_hash bytea, at timestamp with time zone, after_bytes bigint, after_id uuid, how_many integer)')) v(g, f)
  -- The plan of a project.
  UNION ALL SELECT 'app_tenant', 'kernel.next_statuses(status text)', 'EXECUTE'
  -- Notifications.
  UNION ALL SELECT 'app_' || split_part(v, ' ', 1), split_part(v, ' ', 3), split_part(v, ' ', 2)
    FROM unnest('{kernel SELECT public.notifications, kernel INSERT public.notifications, kernel UPDATE public.notifications(mailed_at), directory SELECT public.notifications,
      directory SELECT public.notification_settings, directory SELECT public.notification_mutes}'::text[]) v
  UNION ALL SELECT 'app_' || g, 'kernel.' || f, 'EXECUTE' FROM (VALUES ('kernel', 'wants_notice(person uuid, wished_kind text, wished_channel text)'), ('tenant', 'notify(items jsonb, at timestamp with time zone)'),
      ('platform', 'due_notification_mail(at timestamp with time zone)'), ('tenant', 'take_my_notifications(at timestamp with time zone)')) v(g, f)
  -- Tasks that go to another project.
  UNION ALL SELECT 'app_kernel', format('public.%s(%s)', v.t, c), v.p
    FROM (VALUES ('projects', 'SELECT', '{tenant_id,id,slug,key}'), ('tasks', 'UPDATE', '{project_id,workstream_id,goal_id,parent_id,number,position,version,updated_at}'), ('task_assignees', 'UPDATE', '{project_id}'),
      ('task_status_changes', 'SELECT', '{tenant_id,project_id,task_id}'), ('task_status_changes', 'UPDATE', '{project_id}'), ('task_progress', 'SELECT', '{tenant_id,project_id,task_id}'), ('task_progress', 'UPDATE', '{project_id}'),
      ('refused_attempts', 'SELECT', '{tenant_id,project_id,task_id}'), ('refused_attempts', 'UPDATE', '{project_id}'), ('idea_tasks', 'SELECT', '{tenant_id,project_id,task_id}'), ('idea_tasks', 'UPDATE', '{project_id}'), ('task_dependencies', 'SELECT', '{tenant_id,id,project_id,task_id,depends_on_id}'), ('task_dependencies', 'UPDATE', '{project_id}'),
      ('comments', 'SELECT', '{tenant_id,container_id,task_id}'), ('comments', 'UPDATE', '{container_id}'), ('attachments', 'SELECT', '{tenant_id,container_id,task_id}'), ('attachments', 'UPDATE', '{container_id}'), ('record_labels', 'UPDATE', '{container_id}'),
      ('record_links', 'UPDATE', '{from_container_id,to_container_id}'), ('record_links', 'SELECT', '{id,from_container_id,from_task_id,to_container_id,to_task_id}'), ('search_documents', 'SELECT', '{tenant_id,id,container_id,task_id,context_id,guard_key}'), ('search_documents', 'UPDATE', '{container_id,guard_key}'),
      ('search_tokens', 'SELECT', '{tenant_id,document_id}'), ('search_tokens', 'UPDATE', '{container_id}'), ('context_entries', 'SELECT', '{tenant_id,id,container_id,task_id}'), ('context_entries', 'UPDATE', '{container_id}'),
      ('context_versions', 'SELECT', '{tenant_id,container_key,entry_id}'), ('context_versions', 'UPDATE', '{container_id}'), ('context_delegations', 'SELECT', '{tenant_id,id,project_id,from_task_id,status,decided_by,decided_at,decision_note}'),
      ('context_delegations', 'UPDATE', '{from_task_id,status,decided_by,decided_at,decision_note}'), ('notifications', 'UPDATE', '{container_id,link}'), ('import_rows', 'SELECT', '{container_id}'), ('import_rows', 'UPDATE', '{container_id}'),
      ('import_id_map', 'SELECT', '{tenant_id,target_kind,target_id,container_id}'), ('import_id_map', 'UPDATE', '{container_id}'), ('task_moves', 'SELECT', '{tenant_id,from_container_id,from_number,to_container_id,task_id}'), ('task_moves', 'UPDATE', '{to_container_id}')) v(t, p, columns), unnest(v.columns::text[]) c
  UNION ALL VALUES ('app_kernel', 'public.task_dependencies', 'DELETE'), ('app_tenant', 'kernel.move_tasks(wanted uuid[], target uuid, first_number integer, at timestamp with time zone)', 'EXECUTE'), ('app_tenant', 'kernel.moved_task(wished text, wished_number integer)', 'EXECUTE')
), definer(name, owner) AS (
  SELECT 'console_' || f, 'app_directory' FROM console UNION ALL SELECT f, 'app_directory' FROM unnest('{keep_a_super_admin,note_console,mail_owners,tell_person,is_listed,platform_settings_now,is_enabled,current_announcements}'::text[]) f UNION ALL
  VALUES ('move_tasks', 'app_kernel'), ('moved_task', 'app_kernel') UNION ALL
  VALUES ('containers_for', 'app_kernel'), ('take_label_off', 'app_kernel'), ('find_person', 'app_directory'), ('find_member', 'app_directory'),
    ('find_membership', 'app_directory'), ('organizations_of', 'app_directory'), ('create_organization', 'app_directory')
  UNION ALL SELECT f, 'app_directory' FROM unnest('{has_second_factor,end_of_session,credentials_of,my_password,identity_owner,passkey_owner,create_token,find_token,use_token,use_refresh_token,record_event,
    enqueue_mail,enqueue_organization_mail,take_mail,finish_mail,list_mail,wants_mail,sweep,avatar_of,demo_people,sign_up,found_organization,find_invitation,create_invited_person,seats_of,leave_everything,admins_of,address_of,member_with_address,find_joinable,listing}'::text[]) f
  UNION ALL SELECT f, 'app_kernel' FROM unnest('{admit,accept_invitation,join_organization,leave_organization,finish_onboarding,set_join_policy,require_second_factor,name_organization}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{has_owner,require_owner,keep_an_owner,take_rights,member_facts}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{plan_of,limit_of,usage_of,hold_limit,my_usage,count_usage,record_usage,set_limit}'::text[]) f
  UNION ALL SELECT 'choose_plan', 'app_kernel'
  UNION ALL SELECT f, 'app_directory' FROM unnest('{deleted_projects,restore_project,take_team_off_deleted,due_projects,erase_project}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{open_restore,close_restore,restore_people,restore_rows}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{hold_slug,hold_domains,update_organization,set_logo_hash,set_security,moved_to,delete_organization,deleted_of,restore_organization,due_for_erasure,erase_organization}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{audit_hashes,unsealed,seal_audit,verify_seals,verify_my_seals,seal_of,organizations_to_verify,purgeable,purge_audit}'::text[]) f
  UNION ALL VALUES ('former_holders', 'app_kernel'), ('sweep_notifications', 'app_directory'), ('import_job_is_over', 'app_kernel')
  UNION ALL SELECT f, 'app_kernel' FROM unnest('{transfer_ownership,holdings_of,hand_over}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{trash_of,hand_over_trash}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{take_jobs,fail_job,sweep_jobs,sweep_files,file_keys,mark_files}'::text[]) f
  UNION ALL SELECT f, 'app_kernel' FROM unnest('{unmake_tasks,unmake_labels}'::text[]) f
  UNION ALL SELECT 'note_refused', 'app_kernel'
  UNION ALL SELECT f, 'app_directory' FROM unnest('{enter_support,note_support,note_platform_support,super_admin_of,request_support,find_support,ended_support,end_my_support,all_support_sessions,expire_support,record_probe,last_probe,wish_probe,probe_request,take_probe_request,close_probe_request}'::text[]) f
  UNION ALL SELECT f, 'app_directory' FROM unnest('{applied_migrations,job_counts,add_slow_statements,sweep_slow_statements,sweep_load_hours,add_load,sweep_load,all_jobs,steer_job,busiest,storage_of_all,last_backups}'::text[]) f
  UNION ALL SELECT f, 'app_kernel' FROM unnest('{ask_probe,tell_admins,decide_support,end_support,set_support_policy}'::text[]) f
  UNION ALL VALUES ('decline_invitation', 'app_kernel'), ('members_with_addresses', 'app_directory')
  UNION ALL VALUES ('levels_of', 'app_kernel'), ('explain_access', 'app_kernel'), ('viewers_of', 'app_kernel')
  UNION ALL VALUES ('teams_i_lead', 'app_kernel'), ('take_team_off', 'app_kernel')
  UNION ALL VALUES ('find_api_key', 'app_directory'), ('list_api_keys', 'app_kernel'), ('revoke_api_key', 'app_kernel')
  UNION ALL VALUES ('wants_notice', 'app_directory'), ('notify', 'app_kernel'), ('due_notification_mail', 'app_directory'), ('take_my_notifications', 'app_kernel')
), guard(relation, trigger, says) AS (
  -- Rules that no path goes round: each must be there, switched on, and say this.
  VALUES ('public.memberships', 'keep_an_owner', 'kernel.keep_an_owner()'), ('public.access_rules', 'keep_an_owner', 'kernel.keep_an_owner()'), ('public.users', 'keep_an_owner', 'kernel.keep_an_owner()'), ('public.users', 'hold_super_admin', 'kernel.hold_super_admin()'), ('public.users', 'keep_a_super_admin', 'kernel.keep_a_super_admin()'),
    ('public.memberships', 'hold_standing', 'kernel.hold_standing()'), ('public.memberships', 'take_rights', 'kernel.take_rights()')
  UNION ALL VALUES ('public.audit_events', 'hold_time', 'kernel.hold_time()'), ('public.audit_events', 'tell_changed', 'kernel.tell_changed()'), ('public.audit_events', 'hold_support', 'kernel.hold_support()')
  UNION ALL VALUES ('public.tasks', 'hold_transition', 'kernel.hold_transition()'), ('public.task_dependencies', 'hold_dependency', 'kernel.hold_dependency()')
  UNION ALL SELECT 'public.organizations', g, 'kernel.hold_slug()' FROM unnest('{hold_slug,hold_slug_again}'::text[]) g
  UNION ALL SELECT 'public.' || v.t, v.g, 'kernel.hold_domains()' FROM (VALUES ('memberships', 'hold_domains'), ('memberships', 'hold_domains_again'), ('invitations', 'hold_domains')) v(t, g)
  UNION ALL SELECT 'public.' || t, g, format('kernel.hold_limit(''%s'')', l) FROM (VALUES ('memberships', 'members'), ('invitations', 'members'), ('containers', 'projects'), ('attachments', 'storage_mb')) v(t, l), unnest('{hold_limit,hold_limit_again}'::text[]) g
), setting AS (
  SELECT s.setdatabase, s.setrole, split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value FROM pg_db_role_setting s, unnest(s.setconfig) c
), finding(rule, object, finding) AS (
  SELECT 'rule 11', name, 'is not declared: call kernel.protect_table or kernel.protect_global_table for it' FROM relation
   WHERE kind IN ('r', 'p', 'f') AND schema = 'public' AND (declared).family IS NULL AND short <> '_prisma_migrations'
  UNION ALL SELECT 'rule 11', 'public.' || d.table_name, 'is declared but is no table' FROM kernel.tables d WHERE NOT EXISTS (SELECT FROM relation WHERE kind IN ('r', 'p') AND name = 'public.' || d.table_name)
  UNION ALL SELECT 'rule 11', name, 'row security is off' FROM relation WHERE (declared).family IS NOT NULL AND NOT relrowsecurity
  UNION ALL SELECT 'rule 11', name, 'row security is not forced on the owner of the table' FROM relation WHERE (declared).family IS NOT NULL AND NOT relforcerowsecurity
  UNION ALL SELECT 'rule 11', r.name, 'holds a tenant_id but is declared global' FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = 'tenant_id' WHERE (r.declared).family = 'global'
  UNION ALL SELECT 'rule 12', relation, format('policy %s to %s for %s is missing', policy, role, command) FROM planned e
   WHERE NOT EXISTS (SELECT FROM policy p WHERE p.relation = e.relation AND p.policy = e.policy AND p.command = e.command AND p.roles = ARRAY[e.role])
  UNION ALL SELECT 'rule 12', relation, format('policy %s for %s to %s is not one of the declared ones', policy, command, roles) FROM policy p
   WHERE NOT EXISTS (SELECT FROM planned e WHERE p.relation = e.relation AND p.policy = e.policy AND p.command = e.command AND p.roles = ARRAY[e.role])
  UNION ALL SELECT 'rule 12', p.relation, format('policy %s says something else than its declaration', p.policy) FROM policy p JOIN planned e ON p.relation = e.relation AND p.policy = e.policy AND p.command = e.command
   WHERE p.reads IS DISTINCT FROM e.reads OR p.writes IS DISTINCT FROM e.writes
  UNION ALL SELECT 'rule 12', relation, format('policy %s is restrictive', policy) FROM policy WHERE NOT polpermissive
  UNION ALL SELECT 'rule 14', name, 'has no tenant_id' FROM tenant_column WHERE attnum IS NULL
  UNION ALL SELECT 'rule 14', name, 'tenant_id may be null' FROM tenant_column WHERE NOT attnotnull
  UNION ALL SELECT 'rule 14', name, 'tenant_id is no uuid' FROM tenant_column WHERE atttypid <> 'uuid'::regtype
  UNION ALL SELECT 'rule 14', name, 'tenant_id does not default to kernel.tenant_id()' FROM tenant_column WHERE attnum IS NOT NULL AND standard IS DISTINCT FROM 'kernel.tenant_id()'
  UNION ALL SELECT 'rule 14', name, 'has no primary key that begins with tenant_id' FROM tenant_table t WHERE NOT EXISTS (SELECT FROM key k WHERE k.oid = t.oid AND k.contype = 'p' AND k.columns[1] = 'tenant_id')
  UNION ALL SELECT 'rule 14', name, format('foreign key %s does not begin with tenant_id on both sides', constraint_name) FROM key
   WHERE contype = 'f' AND of_tenant AND to_tenant AND (columns[1] <> 'tenant_id' OR target_columns[1] <> 'tenant_id' OR cardinality(columns) < 2)
  UNION ALL SELECT 'rule 14', name, format('foreign key %s points at a global table', constraint_name) FROM key
   WHERE contype = 'f' AND of_tenant AND NOT to_tenant AND NOT (target = 'public.organizations' AND columns = '{tenant_id}') AND NOT (name = 'public.memberships' AND target = 'public.users' AND columns = '{user_id}')
  UNION ALL SELECT 'rule 14', k.name, format('foreign key %s does not name the person on both sides', constraint_name) FROM key k JOIN relation r ON r.oid = k.oid JOIN relation g ON g.name = k.target
   WHERE contype = 'f' AND (r.declared).person_column IS NOT NULL AND (g.declared).person_column IS NOT NULL AND NOT of_tenant AND k.target <> 'public.users'
     AND NOT ((r.declared).person_column = ANY (columns) AND target_columns[array_position(columns, (r.declared).person_column)] = (g.declared).person_column)
  UNION ALL SELECT 'rule 14', t.name, 'has no foreign key from tenant_id to organizations' FROM tenant_table t WHERE NOT EXISTS (SELECT FROM key k WHERE k.oid = t.oid AND k.contype = 'f' AND k.columns = '{tenant_id}' AND k.target = 'public.organizations')
  UNION ALL SELECT 'rule 14', k.name, format('foreign key %s has no index that begins with its columns', constraint_name) FROM key k
   WHERE contype = 'f' AND of_tenant AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = k.oid AND i.indpred IS NULL AND i.indisvalid AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
  UNION ALL SELECT 'rule 27', name, format('foreign key %s leads from a global table to a tenant table', constraint_name) FROM key WHERE contype = 'f' AND NOT of_tenant AND to_tenant
  UNION ALL SELECT 'rule 15', name, format('foreign key %s changes rows by itself', constraint_name) FROM key WHERE contype = 'f' AND (confupdtype <> 'a' OR confdeltype <> 'a')
  UNION ALL SELECT 'rule 16', t.name, format('index %s does not begin with tenant_id', i.indexrelid::regclass) FROM tenant_table t JOIN pg_index i ON i.indrelid = t.oid JOIN tenant_column c ON c.oid = t.oid
   WHERE i.indkey[0] IS DISTINCT FROM c.attnum AND NOT (i.indexrelid::regclass::text ~ '^(public\.)?(memberships_user_id_idx|access_rules_value_lc_idx|jobs_due_idx|jobs_id_idx|jobs_finished_at_idx|api_keys_key_hash_idx|support_sessions_admin_user_id_status_idx)$' AND NOT i.indisunique)
  UNION ALL SELECT 'rule 17', name, 'is a view that reads with the rights of its owner' FROM relation WHERE kind = 'v' AND NOT options && '{security_invoker=true,security_invoker=on,security_invoker=1}'
  UNION ALL SELECT 'rule 17', r.name, 'has a trigger: ' || g.tgname FROM relation r JOIN pg_trigger g ON g.tgrelid = r.oid AND NOT g.tgisinternal WHERE (r.declared).family IS NOT NULL
     AND NOT EXISTS (SELECT FROM guard e WHERE e.relation = r.name AND e.trigger = g.tgname)
  UNION ALL SELECT 'rule 28', e.relation, format('the guard %s is missing or switched off', e.trigger) FROM guard e
   WHERE NOT EXISTS (SELECT FROM relation r JOIN pg_trigger g ON g.tgrelid = r.oid WHERE r.name = e.relation AND g.tgname = e.trigger AND g.tgenabled IN ('O', 'A') AND pg_get_triggerdef(g.oid) LIKE '%EXECUTE FUNCTION ' || e.says)
  UNION ALL SELECT 'rule 17', r.name, 'has a rewrite rule: ' || w.rulename FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE (r.declared).family IS NOT NULL
  UNION ALL SELECT 'rule 17', r.name, 'has a partition or child that is reached around its policies: ' || i.inhrelid::regclass FROM relation r JOIN pg_inherits i ON i.inhparent = r.oid
    JOIN relation c ON c.oid = i.inhrelid WHERE c.kind IN ('r', 'p', 'f') AND EXISTS (SELECT FROM granted g WHERE g.object = c.name)
  UNION ALL SELECT 'rule 17', object, format('%s may %s here, which nothing declares', grantee, privilege) FROM granted g WHERE NOT EXISTS (SELECT FROM may m WHERE (m.grantee, m.object, m.privilege) = (g.grantee, g.object, g.privilege))
    AND NOT (g.grantee = 'app_owner') AND NOT (g.grantee = 'app_directory' AND g.object LIKE 'kernel.find_person(%')
  UNION ALL SELECT 'rule 17', object, format('%s may pass on %s', grantee, privilege) FROM granted WHERE is_grantable AND grantee <> 'app_owner'
  UNION ALL SELECT 'rule 17', object, format('%s lacks the declared %s', grantee, privilege) FROM may m WHERE NOT EXISTS (SELECT FROM granted g WHERE (m.grantee, m.object, m.privilege) = (g.grantee, g.object, g.privilege))
  UNION ALL SELECT 'rule 18', p.oid::regprocedure::text, 'is SECURITY DEFINER and not on the list, or belongs to somebody else' FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace
   WHERE p.prosecdef AND NOT EXISTS (SELECT FROM definer d WHERE s.name = 'kernel' AND d.name = p.proname AND d.owner = pg_get_userbyid(p.proowner))
  UNION ALL SELECT 'rule 18', p.oid::regprocedure::text, 'is SECURITY DEFINER without search_path = pg_catalog, pg_temp' FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace
   WHERE p.prosecdef AND ARRAY(SELECT c FROM unnest(p.proconfig) c WHERE c NOT IN ('plan_cache_mode=force_generic_plan', 'enable_nestloop=off', 'enable_seqscan=off')) <> ARRAY['search_path=pg_catalog, pg_temp']
  UNION ALL SELECT 'rule 18', p.oid::regprocedure::text, 'says of itself that it is leakproof' FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace WHERE p.proleakproof
  UNION ALL SELECT 'rule 3', p.oid::regprocedure::text, 'makes a setting that outlives the transaction' FROM pg_proc p JOIN schema s ON s.oid = p.pronamespace
   WHERE p.prosrc ~* '\mset\s+(session\s+)?app\.' OR p.prosrc ~* 'set_config\s*\(' OR EXISTS (SELECT FROM unnest(p.proconfig) c WHERE c LIKE 'app.%')
  UNION ALL SELECT 'rule 21', t.name, format('column %s is %s, whose operators are not leakproof', a.attname, format_type(a.atttypid, a.atttypmod)) FROM tenant_table t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type y ON y.oid = a.atttypid WHERE y.typtype IN ('e', 'd') OR y.typname IN ('numeric', 'citext', 'money')
  UNION ALL SELECT 'lesson 57', t.name, format('column %s counts with a sequence that organizations would share', a.attname) FROM tenant_table t JOIN pg_attribute a ON a.attrelid = t.oid LEFT JOIN pg_attrdef e ON e.adrelid = t.oid AND e.adnum = a.attnum
   WHERE a.attidentity <> '' OR pg_get_expr(e.adbin, e.adrelid) LIKE 'nextval(%'
  UNION ALL SELECT 'lesson 51', o.name, 'the role does not exist' FROM ours o WHERE NOT EXISTS (SELECT FROM actor a WHERE a.name = o.name)
  UNION ALL SELECT 'lesson 51', name, 'the role is superuser, or may bypass row security, replicate, or make roles or databases' FROM actor WHERE rolsuper OR rolbypassrls OR rolreplication OR rolcreaterole OR rolcreatedb
  UNION ALL SELECT 'lesson 51', name, 'the role can log in' FROM actor WHERE rolcanlogin AND NOT at_runtime
  UNION ALL SELECT DISTINCT 'lesson 51', a.name, 'the role owns something' FROM runtime a JOIN pg_shdepend d ON d.refclassid = 'pg_authid'::regclass AND d.refobjid = a.oid AND d.deptype = 'o'
  UNION ALL SELECT 'lesson 51', a.name, 'the role is a member of ' || pg_get_userbyid(m.roleid) FROM actor a JOIN pg_auth_members m ON m.member = a.oid WHERE a.name <> 'app_owner'
  UNION ALL SELECT 'lesson 51', a.name, 'the role may make temporary or other objects in the database' FROM runtime a WHERE has_database_privilege(a.oid, current_database(), 'TEMP') OR has_database_privilege(a.oid, current_database(), 'CREATE')
  UNION ALL SELECT 'rule 7', a.name, t || ' is not set for the role' FROM runtime a, unnest('{statement_timeout,lock_timeout,idle_in_transaction_session_timeout}'::text[] || CASE WHEN current_setting('server_version_num')::int >= 170000 THEN '{transaction_timeout}'::text[] END) t
   WHERE NOT EXISTS (SELECT FROM setting s WHERE s.setrole = a.oid AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) AND s.name = t AND s.value !~ '^0+[a-z]*$')
  UNION ALL SELECT 'rule 5', coalesce(nullif(pg_get_userbyid(setrole), 'unknown (OID=0)'), 'database'), name || ' is set outside of a transaction' FROM setting
   WHERE name LIKE 'app.%' AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
  UNION ALL SELECT 'rule 18', a.name, name_of.name || ' is changed for the role' FROM runtime a JOIN setting name_of ON name_of.setrole IN (a.oid, 0) AND name_of.name IN ('search_path', 'row_security', 'role', 'session_replication_role')
  UNION ALL SELECT 'rule 11', coalesce(n.nspname, 'every schema'), format('default privileges give %s to %s', x.privilege_type, a.name) FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) x JOIN actor a ON a.oid = x.grantee WHERE a.name <> 'app_owner'
  UNION ALL SELECT 'floor', 'server', 'PostgreSQL is older than 15' WHERE current_setting('server_version_num')::int < 150000
)
SELECT rule, object::text, finding FROM finding ORDER BY rule, object, finding
