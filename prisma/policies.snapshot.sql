-- What is allowed now. Made from the catalog by npm run db:policies and compared by the tests: a change of reach shows in review.
-- role app_directory: no login
-- role app_kernel: no login
-- role app_owner: no login
-- role app_platform: login
-- role app_tenant: login
GRANT SELECT (finished_at) ON _prisma_migrations TO app_directory;
GRANT SELECT (migration_name) ON _prisma_migrations TO app_directory;
GRANT SELECT (rolled_back_at) ON _prisma_migrations TO app_directory;

-- access_rules: sensitive, distributed, row security, forced
CREATE POLICY directory ON access_rules AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON access_rules AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON access_rules AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_for_managers_to_insert ON access_rules AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_for_managers_to_select ON access_rules AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
CREATE POLICY rows_for_managers_to_update ON access_rules AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY tenant_for_kernel ON access_rules AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, SELECT ON access_rules TO app_directory;
GRANT SELECT ON access_rules TO app_kernel;
GRANT INSERT, SELECT, UPDATE ON access_rules TO app_tenant;
GRANT SELECT (id) ON access_rules TO app_directory;
GRANT SELECT (tenant_id) ON access_rules TO app_directory;

-- announcements: global, reference, row security, forced
CREATE POLICY directory ON announcements AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT INSERT, SELECT ON announcements TO app_directory;
GRANT UPDATE (until_at) ON announcements TO app_directory;

-- api_keys: personal, distributed, row security, forced
CREATE POLICY directory ON api_keys AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON api_keys AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON api_keys AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_mine_to_insert ON api_keys AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_of_mine_to_select ON api_keys AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_of_mine_to_update ON api_keys AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_for_kernel ON api_keys AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, SELECT ON api_keys TO app_directory;
GRANT SELECT ON api_keys TO app_kernel;
GRANT INSERT, UPDATE ON api_keys TO app_tenant;
GRANT SELECT (container_id) ON api_keys TO app_tenant;
GRANT SELECT (created_at) ON api_keys TO app_tenant;
GRANT SELECT (expires_at) ON api_keys TO app_tenant;
GRANT SELECT (id) ON api_keys TO app_directory;
GRANT SELECT (id) ON api_keys TO app_tenant;
GRANT UPDATE (last_used_at) ON api_keys TO app_directory;
GRANT SELECT (last_used_at) ON api_keys TO app_tenant;
GRANT SELECT (name) ON api_keys TO app_tenant;
GRANT SELECT (owner_user_id) ON api_keys TO app_tenant;
GRANT SELECT (prefix) ON api_keys TO app_tenant;
GRANT SELECT (rate_per_hour) ON api_keys TO app_tenant;
GRANT UPDATE (revoked_at) ON api_keys TO app_directory;
GRANT UPDATE (revoked_at) ON api_keys TO app_kernel;
GRANT SELECT (revoked_at) ON api_keys TO app_tenant;
GRANT SELECT (rotated_at) ON api_keys TO app_tenant;
GRANT SELECT (rotated_from_id) ON api_keys TO app_directory;
GRANT SELECT (rotated_from_id) ON api_keys TO app_tenant;
GRANT SELECT (scopes) ON api_keys TO app_tenant;
GRANT SELECT (tenant_id) ON api_keys TO app_directory;
GRANT SELECT (tenant_id) ON api_keys TO app_tenant;
GRANT UPDATE (updated_at) ON api_keys TO app_kernel;
GRANT SELECT (updated_at) ON api_keys TO app_tenant;
GRANT UPDATE (usage_count) ON api_keys TO app_directory;
GRANT SELECT (usage_count) ON api_keys TO app_tenant;

-- attachments: guarded, distributed, row security, forced
CREATE POLICY directory ON attachments AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON attachments AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON attachments AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON attachments AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON attachments AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON attachments AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_insert ON attachments AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON attachments AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON attachments AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_to_move ON attachments AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON attachments TO app_directory;
GRANT INSERT, SELECT, UPDATE ON attachments TO app_tenant;
GRANT SELECT (container_id) ON attachments TO app_directory;
GRANT SELECT (container_id) ON attachments TO app_kernel;
GRANT UPDATE (container_id) ON attachments TO app_kernel;
GRANT SELECT (created_at) ON attachments TO app_directory;
GRANT SELECT (deleted_at) ON attachments TO app_directory;
GRANT SELECT (id) ON attachments TO app_directory;
GRANT SELECT (missing_at) ON attachments TO app_directory;
GRANT UPDATE (missing_at) ON attachments TO app_directory;
GRANT SELECT (size_bytes) ON attachments TO app_directory;
GRANT SELECT (storage_key) ON attachments TO app_directory;
GRANT SELECT (task_id) ON attachments TO app_kernel;
GRANT SELECT (tenant_id) ON attachments TO app_directory;
GRANT SELECT (tenant_id) ON attachments TO app_kernel;

-- audit_details: guarded, distributed, row security, forced
CREATE POLICY directory ON audit_details AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON audit_details AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON audit_details AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_insert ON audit_details AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK ((container_id IS NULL) AND (owner_user_id IS NULL));
CREATE POLICY directory_to_purge ON audit_details AS PERMISSIVE FOR DELETE TO app_directory
  USING (EXISTS ( SELECT
   FROM audit_events e
  WHERE ((e.tenant_id = audit_details.tenant_id) AND (e.id = audit_details.event_id) AND (e.at < (now() - '89 days'::interval)))));
CREATE POLICY rows_past_their_guards_to_insert ON audit_details AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON audit_details AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
GRANT DELETE, INSERT, SELECT ON audit_details TO app_directory;
GRANT INSERT, SELECT ON audit_details TO app_tenant;
GRANT SELECT (id) ON audit_details TO app_directory;
GRANT SELECT (tenant_id) ON audit_details TO app_directory;

-- audit_events: history, distributed, row security, forced
CREATE POLICY directory ON audit_events AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON audit_events AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON audit_events AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_insert ON audit_events AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (((actor_kind = 'system'::text) AND (actor_user_id IS NULL)) OR (action = ANY (ARRAY['member.left'::text, 'organization.restored'::text])) OR ((actor_kind = 'support'::text) AND (support_session_id IS NOT NULL)));
CREATE POLICY directory_to_purge ON audit_events AS PERMISSIVE FOR DELETE TO app_directory
  USING (at < (now() - '89 days'::interval));
CREATE POLICY events_i_may_know_to_insert ON audit_events AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (actor_user_id = ( SELECT kernel.user_id() AS user_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
CREATE POLICY events_i_may_know_to_select ON audit_events AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) OR (actor_user_id = ( SELECT kernel.user_id() AS user_id)))) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
CREATE POLICY tenant_for_kernel ON audit_events AS PERMISSIVE FOR INSERT TO app_kernel
  WITH CHECK (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT ON audit_events TO app_directory;
GRANT INSERT ON audit_events TO app_kernel;
GRANT INSERT, SELECT ON audit_events TO app_tenant;
GRANT SELECT (id) ON audit_events TO app_directory;
GRANT SELECT (tenant_id) ON audit_events TO app_directory;

-- audit_seals: sensitive, distributed, row security, forced
CREATE POLICY directory ON audit_seals AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON audit_seals AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON audit_seals AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_for_managers_to_select ON audit_seals AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
GRANT DELETE, INSERT, SELECT ON audit_seals TO app_directory;
GRANT SELECT ON audit_seals TO app_tenant;
GRANT UPDATE (content) ON audit_seals TO app_directory;
GRANT SELECT (id) ON audit_seals TO app_directory;
GRANT UPDATE (purged_at) ON audit_seals TO app_directory;
GRANT SELECT (tenant_id) ON audit_seals TO app_directory;

-- avatars: global, local, row security, forced
CREATE POLICY directory ON avatars AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON avatars AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT SELECT ON avatars TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON avatars TO app_platform;

-- backup_runs: global, local, row security, forced
CREATE POLICY directory ON backup_runs AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY for_set_up ON backup_runs AS PERMISSIVE FOR ALL TO app_owner
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON backup_runs TO app_directory;

-- comments: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON comments AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON comments AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON comments AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON comments AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON comments AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_insert ON comments AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_past_their_guards_to_select ON comments AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON comments AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY tenant_to_move ON comments AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON comments TO app_directory;
GRANT INSERT, SELECT, UPDATE ON comments TO app_tenant;
GRANT SELECT (container_id) ON comments TO app_directory;
GRANT SELECT (container_id) ON comments TO app_kernel;
GRANT UPDATE (container_id) ON comments TO app_kernel;
GRANT SELECT (id) ON comments TO app_directory;
GRANT SELECT (task_id) ON comments TO app_kernel;
GRANT SELECT (tenant_id) ON comments TO app_directory;
GRANT SELECT (tenant_id) ON comments TO app_kernel;

-- container_members: container, distributed, row security, forced
CREATE POLICY directory_of_mine ON container_members AS PERMISSIVE FOR ALL TO app_directory
  USING (user_id = ( SELECT kernel.user_id() AS user_id));
CREATE POLICY directory_of_removed ON container_members AS PERMISSIVE FOR ALL TO app_directory
  USING (EXISTS ( SELECT
   FROM memberships m
  WHERE ((m.tenant_id = container_members.tenant_id) AND (m.user_id = container_members.user_id) AND (m.status = 'removed'::text))));
CREATE POLICY directory_to_erase ON container_members AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON container_members AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON container_members AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON container_members AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON container_members AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_delete ON container_members AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_insert ON container_members AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON container_members AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON container_members AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_for_kernel ON container_members AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT ON container_members TO app_directory;
GRANT DELETE, SELECT ON container_members TO app_kernel;
GRANT DELETE, INSERT, SELECT, UPDATE ON container_members TO app_tenant;
GRANT SELECT (container_id) ON container_members TO app_directory;
GRANT SELECT (id) ON container_members TO app_directory;
GRANT SELECT (tenant_id) ON container_members TO app_directory;

-- containers: container_itself, distributed, row security, forced
CREATE POLICY containers_of_mine_to_insert ON containers AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((( SELECT kernel.support_session() AS support_session) IS NULL) OR (visibility = 'organization'::text)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY containers_of_mine_to_select ON containers AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)) OR ((( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND ((( SELECT kernel.support_session() AS support_session) IS NULL) OR (visibility = 'organization'::text)) AND (deleted_at IS NULL) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))))));
CREATE POLICY containers_of_mine_to_update ON containers AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((( SELECT kernel.support_session() AS support_session) IS NULL) OR (visibility = 'organization'::text)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((( SELECT kernel.support_session() AS support_session) IS NULL) OR (visibility = 'organization'::text)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY directory ON containers AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_of_deleted ON containers AS PERMISSIVE FOR UPDATE TO app_directory
  USING (deleted_at IS NOT NULL)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON containers AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON containers AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_restore ON containers AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY tenant_for_kernel ON containers AS PERMISSIVE FOR SELECT TO app_kernel
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (deleted_at IS NULL));
CREATE POLICY tenant_to_hand_over ON containers AS PERMISSIVE FOR UPDATE TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON containers TO app_directory;
GRANT SELECT ON containers TO app_kernel;
GRANT INSERT, SELECT, UPDATE ON containers TO app_tenant;
GRANT SELECT (archived_at) ON containers TO app_directory;
GRANT SELECT (deleted_at) ON containers TO app_directory;
GRANT UPDATE (deleted_at) ON containers TO app_directory;
GRANT SELECT (deleted_by) ON containers TO app_directory;
GRANT UPDATE (deleted_by) ON containers TO app_directory;
GRANT SELECT (id) ON containers TO app_directory;
GRANT SELECT (kind) ON containers TO app_directory;
GRANT SELECT (name) ON containers TO app_directory;
GRANT UPDATE (name) ON containers TO app_directory;
GRANT SELECT (owner_user_id) ON containers TO app_directory;
GRANT UPDATE (owner_user_id) ON containers TO app_directory;
GRANT UPDATE (owner_user_id) ON containers TO app_kernel;
GRANT SELECT (parent_id) ON containers TO app_directory;
GRANT SELECT (purge_after) ON containers TO app_directory;
GRANT UPDATE (purge_after) ON containers TO app_directory;
GRANT SELECT (team_id) ON containers TO app_directory;
GRANT UPDATE (team_id) ON containers TO app_directory;
GRANT SELECT (tenant_id) ON containers TO app_directory;
GRANT UPDATE (updated_at) ON containers TO app_directory;
GRANT UPDATE (updated_at) ON containers TO app_kernel;
GRANT UPDATE (version) ON containers TO app_kernel;
GRANT SELECT (visibility) ON containers TO app_directory;
GRANT UPDATE (visibility) ON containers TO app_directory;

-- context_delegations: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON context_delegations AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON context_delegations AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON context_delegations AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON context_delegations AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON context_delegations AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_insert ON context_delegations AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON context_delegations AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON context_delegations AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_to_move ON context_delegations AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON context_delegations TO app_directory;
GRANT INSERT, SELECT, UPDATE ON context_delegations TO app_tenant;
GRANT SELECT (decided_at) ON context_delegations TO app_kernel;
GRANT UPDATE (decided_at) ON context_delegations TO app_kernel;
GRANT SELECT (decided_by) ON context_delegations TO app_kernel;
GRANT UPDATE (decided_by) ON context_delegations TO app_kernel;
GRANT SELECT (decision_note) ON context_delegations TO app_kernel;
GRANT UPDATE (decision_note) ON context_delegations TO app_kernel;
GRANT SELECT (from_task_id) ON context_delegations TO app_kernel;
GRANT UPDATE (from_task_id) ON context_delegations TO app_kernel;
GRANT SELECT (id) ON context_delegations TO app_directory;
GRANT SELECT (id) ON context_delegations TO app_kernel;
GRANT SELECT (project_id) ON context_delegations TO app_directory;
GRANT SELECT (project_id) ON context_delegations TO app_kernel;
GRANT SELECT (status) ON context_delegations TO app_kernel;
GRANT UPDATE (status) ON context_delegations TO app_kernel;
GRANT SELECT (tenant_id) ON context_delegations TO app_directory;
GRANT SELECT (tenant_id) ON context_delegations TO app_kernel;

-- context_entries: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON context_entries AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON context_entries AS PERMISSIVE FOR DELETE TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_find ON context_entries AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON context_entries AS PERMISSIVE FOR SELECT TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_restore ON context_entries AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_insert ON context_entries AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON context_entries AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
CREATE POLICY rows_past_their_guards_to_update ON context_entries AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_to_move ON context_entries AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON context_entries TO app_directory;
GRANT INSERT, SELECT, UPDATE ON context_entries TO app_tenant;
GRANT SELECT (container_id) ON context_entries TO app_directory;
GRANT SELECT (container_id) ON context_entries TO app_kernel;
GRANT UPDATE (container_id) ON context_entries TO app_kernel;
GRANT SELECT (container_key) ON context_entries TO app_directory;
GRANT SELECT (id) ON context_entries TO app_directory;
GRANT SELECT (id) ON context_entries TO app_kernel;
GRANT SELECT (task_id) ON context_entries TO app_kernel;
GRANT SELECT (tenant_id) ON context_entries TO app_directory;
GRANT SELECT (tenant_id) ON context_entries TO app_kernel;

-- context_versions: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON context_versions AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON context_versions AS PERMISSIVE FOR DELETE TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_find ON context_versions AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON context_versions AS PERMISSIVE FOR SELECT TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_restore ON context_versions AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_insert ON context_versions AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_past_their_guards_to_select ON context_versions AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
CREATE POLICY tenant_to_move ON context_versions AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON context_versions TO app_directory;
GRANT INSERT, SELECT ON context_versions TO app_tenant;
GRANT SELECT (container_id) ON context_versions TO app_directory;
GRANT UPDATE (container_id) ON context_versions TO app_kernel;
GRANT SELECT (container_key) ON context_versions TO app_directory;
GRANT SELECT (container_key) ON context_versions TO app_kernel;
GRANT SELECT (entry_id) ON context_versions TO app_kernel;
GRANT SELECT (id) ON context_versions TO app_directory;
GRANT SELECT (tenant_id) ON context_versions TO app_directory;
GRANT SELECT (tenant_id) ON context_versions TO app_kernel;

-- devices: global, local, row security, forced
CREATE POLICY directory ON devices AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON devices AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT SELECT ON devices TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON devices TO app_platform;

-- exports: personal, distributed, row security, forced
CREATE POLICY directory ON exports AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON exports AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON exports AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_mine_to_insert ON exports AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (requested_by = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_of_mine_to_select ON exports AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (requested_by = ( SELECT kernel.user_id() AS user_id)));
GRANT DELETE ON exports TO app_directory;
GRANT INSERT, SELECT ON exports TO app_tenant;
GRANT SELECT (created_at) ON exports TO app_directory;
GRANT SELECT (expires_at) ON exports TO app_directory;
GRANT SELECT (id) ON exports TO app_directory;
GRANT SELECT (list) ON exports TO app_directory;
GRANT SELECT (size_bytes) ON exports TO app_directory;
GRANT SELECT (storage_key) ON exports TO app_directory;
GRANT SELECT (tenant_id) ON exports TO app_directory;

-- goals: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON goals AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON goals AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON goals AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON goals AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON goals AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_delete ON goals AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
CREATE POLICY rows_in_my_containers_to_insert ON goals AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON goals AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON goals AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
CREATE POLICY tenant_to_note ON goals AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON goals TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON goals TO app_tenant;
GRANT SELECT (id) ON goals TO app_directory;
GRANT SELECT (id) ON goals TO app_kernel;
GRANT SELECT (project_id) ON goals TO app_directory;
GRANT SELECT (project_id) ON goals TO app_kernel;
GRANT SELECT (tenant_id) ON goals TO app_directory;
GRANT SELECT (tenant_id) ON goals TO app_kernel;

-- idea_answers: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON idea_answers AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON idea_answers AS PERMISSIVE FOR DELETE TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_find ON idea_answers AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON idea_answers AS PERMISSIVE FOR SELECT TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_restore ON idea_answers AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_insert ON idea_answers AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_past_their_guards_to_select ON idea_answers AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
GRANT DELETE, INSERT ON idea_answers TO app_directory;
GRANT INSERT, SELECT ON idea_answers TO app_tenant;
GRANT SELECT (container_id) ON idea_answers TO app_directory;
GRANT SELECT (container_key) ON idea_answers TO app_directory;
GRANT SELECT (id) ON idea_answers TO app_directory;
GRANT SELECT (tenant_id) ON idea_answers TO app_directory;

-- idea_tasks: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON idea_tasks AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON idea_tasks AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON idea_tasks AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON idea_tasks AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON idea_tasks AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_insert ON idea_tasks AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON idea_tasks AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY tenant_to_move ON idea_tasks AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON idea_tasks TO app_directory;
GRANT INSERT, SELECT ON idea_tasks TO app_tenant;
GRANT SELECT (id) ON idea_tasks TO app_directory;
GRANT SELECT (project_id) ON idea_tasks TO app_directory;
GRANT SELECT (project_id) ON idea_tasks TO app_kernel;
GRANT UPDATE (project_id) ON idea_tasks TO app_kernel;
GRANT SELECT (task_id) ON idea_tasks TO app_kernel;
GRANT SELECT (tenant_id) ON idea_tasks TO app_directory;
GRANT SELECT (tenant_id) ON idea_tasks TO app_kernel;

-- ideas: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON ideas AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON ideas AS PERMISSIVE FOR DELETE TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_find ON ideas AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON ideas AS PERMISSIVE FOR SELECT TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_restore ON ideas AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_insert ON ideas AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON ideas AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))));
CREATE POLICY rows_past_their_guards_to_update ON ideas AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_to_note ON ideas AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON ideas TO app_directory;
GRANT INSERT, SELECT, UPDATE ON ideas TO app_tenant;
GRANT SELECT (container_id) ON ideas TO app_directory;
GRANT SELECT (container_id) ON ideas TO app_kernel;
GRANT SELECT (container_key) ON ideas TO app_directory;
GRANT SELECT (id) ON ideas TO app_directory;
GRANT SELECT (id) ON ideas TO app_kernel;
GRANT SELECT (owner_user_id) ON ideas TO app_kernel;
GRANT SELECT (tenant_id) ON ideas TO app_directory;
GRANT SELECT (tenant_id) ON ideas TO app_kernel;

-- import_batches: guarded, distributed, row security, forced
CREATE POLICY directory ON import_batches AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON import_batches AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON import_batches AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON import_batches AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON import_batches AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY rows_past_their_guards_to_insert ON import_batches AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON import_batches AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON import_batches AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_for_kernel ON import_batches AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE ON import_batches TO app_directory;
GRANT INSERT, SELECT, UPDATE ON import_batches TO app_tenant;
GRANT SELECT (container_id) ON import_batches TO app_directory;
GRANT SELECT (created_at) ON import_batches TO app_directory;
GRANT SELECT (id) ON import_batches TO app_directory;
GRANT SELECT (id) ON import_batches TO app_kernel;
GRANT SELECT (options) ON import_batches TO app_kernel;
GRANT SELECT (requested_by) ON import_batches TO app_kernel;
GRANT SELECT (size_bytes) ON import_batches TO app_directory;
GRANT SELECT (status) ON import_batches TO app_kernel;
GRANT SELECT (storage_key) ON import_batches TO app_directory;
GRANT SELECT (tenant_id) ON import_batches TO app_directory;
GRANT SELECT (tenant_id) ON import_batches TO app_kernel;
GRANT SELECT (updated_at) ON import_batches TO app_directory;

-- import_id_map: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON import_id_map AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON import_id_map AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON import_id_map AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON import_id_map AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY rows_past_their_guards_to_delete ON import_id_map AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON import_id_map AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON import_id_map AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON import_id_map AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_to_move ON import_id_map AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE ON import_id_map TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON import_id_map TO app_tenant;
GRANT SELECT (container_id) ON import_id_map TO app_directory;
GRANT SELECT (container_id) ON import_id_map TO app_kernel;
GRANT UPDATE (container_id) ON import_id_map TO app_kernel;
GRANT SELECT (id) ON import_id_map TO app_directory;
GRANT SELECT (target_id) ON import_id_map TO app_kernel;
GRANT SELECT (target_kind) ON import_id_map TO app_kernel;
GRANT SELECT (tenant_id) ON import_id_map TO app_directory;
GRANT SELECT (tenant_id) ON import_id_map TO app_kernel;

-- import_mappings: personal, distributed, row security, forced
CREATE POLICY directory_to_erase ON import_mappings AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON import_mappings AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_mine_to_delete ON import_mappings AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_of_mine_to_insert ON import_mappings AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_of_mine_to_select ON import_mappings AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_of_mine_to_update ON import_mappings AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
GRANT DELETE ON import_mappings TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON import_mappings TO app_tenant;
GRANT SELECT (id) ON import_mappings TO app_directory;
GRANT SELECT (tenant_id) ON import_mappings TO app_directory;

-- import_rows: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON import_rows AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON import_rows AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON import_rows AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON import_rows AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY rows_past_their_guards_to_delete ON import_rows AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON import_rows AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON import_rows AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON import_rows AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_for_kernel ON import_rows AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY tenant_to_move ON import_rows AS PERMISSIVE FOR UPDATE TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE ON import_rows TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON import_rows TO app_tenant;
GRANT SELECT (container_id) ON import_rows TO app_directory;
GRANT SELECT (container_id) ON import_rows TO app_kernel;
GRANT UPDATE (container_id) ON import_rows TO app_kernel;
GRANT SELECT (id) ON import_rows TO app_directory;
GRANT SELECT (import_batch_id) ON import_rows TO app_kernel;
GRANT SELECT (outcome) ON import_rows TO app_kernel;
GRANT SELECT (target_id) ON import_rows TO app_kernel;
GRANT SELECT (target_kind) ON import_rows TO app_kernel;
GRANT SELECT (target_version) ON import_rows TO app_kernel;
GRANT SELECT (tenant_id) ON import_rows TO app_directory;
GRANT SELECT (tenant_id) ON import_rows TO app_kernel;

-- inbox_snoozes: personal, distributed, row security, forced
CREATE POLICY directory_to_erase ON inbox_snoozes AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON inbox_snoozes AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_mine_to_delete ON inbox_snoozes AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_of_mine_to_insert ON inbox_snoozes AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_of_mine_to_select ON inbox_snoozes AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_of_mine_to_update ON inbox_snoozes AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
GRANT DELETE ON inbox_snoozes TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON inbox_snoozes TO app_tenant;
GRANT SELECT (id) ON inbox_snoozes TO app_directory;
GRANT SELECT (tenant_id) ON inbox_snoozes TO app_directory;

-- invitation_teams: sensitive, distributed, row security, forced
CREATE POLICY directory ON invitation_teams AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON invitation_teams AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON invitation_teams AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_for_managers_to_delete ON invitation_teams AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_for_managers_to_insert ON invitation_teams AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_for_managers_to_select ON invitation_teams AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
CREATE POLICY tenant_for_kernel ON invitation_teams AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, SELECT ON invitation_teams TO app_directory;
GRANT SELECT ON invitation_teams TO app_kernel;
GRANT DELETE, INSERT, SELECT ON invitation_teams TO app_tenant;
GRANT SELECT (id) ON invitation_teams TO app_directory;
GRANT SELECT (tenant_id) ON invitation_teams TO app_directory;

-- invitations: sensitive, distributed, row security, forced
CREATE POLICY directory ON invitations AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON invitations AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON invitations AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_for_managers_to_insert ON invitations AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))));
CREATE POLICY rows_for_managers_to_select ON invitations AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
CREATE POLICY rows_for_managers_to_update ON invitations AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))));
CREATE POLICY tenant_for_kernel ON invitations AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, SELECT ON invitations TO app_directory;
GRANT SELECT ON invitations TO app_kernel;
GRANT INSERT, SELECT, UPDATE ON invitations TO app_tenant;
GRANT UPDATE (accepted_at) ON invitations TO app_kernel;
GRANT UPDATE (accepted_by) ON invitations TO app_kernel;
GRANT UPDATE (declined_at) ON invitations TO app_kernel;
GRANT SELECT (id) ON invitations TO app_directory;
GRANT UPDATE (revoked_at) ON invitations TO app_kernel;
GRANT SELECT (tenant_id) ON invitations TO app_directory;
GRANT UPDATE (updated_at) ON invitations TO app_kernel;

-- isolation_probes: global, local, row security, forced
CREATE POLICY directory ON isolation_probes AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT ON isolation_probes TO app_directory;

-- jobs: personal, distributed, row security, forced
CREATE POLICY directory ON jobs AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON jobs AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON jobs AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_mine_to_insert ON jobs AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (requested_by = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_of_mine_to_select ON jobs AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (requested_by = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_of_mine_to_update ON jobs AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (requested_by = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (requested_by = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY tenant_for_kernel ON jobs AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE ON jobs TO app_directory;
GRANT INSERT, SELECT, UPDATE ON jobs TO app_tenant;
GRANT SELECT (attempts) ON jobs TO app_directory;
GRANT UPDATE (attempts) ON jobs TO app_directory;
GRANT SELECT (created_at) ON jobs TO app_directory;
GRANT SELECT (done) ON jobs TO app_directory;
GRANT SELECT (error) ON jobs TO app_directory;
GRANT UPDATE (error) ON jobs TO app_directory;
GRANT SELECT (failures) ON jobs TO app_directory;
GRANT UPDATE (failures) ON jobs TO app_directory;
GRANT SELECT (finished_at) ON jobs TO app_directory;
GRANT UPDATE (finished_at) ON jobs TO app_directory;
GRANT SELECT (id) ON jobs TO app_directory;
GRANT SELECT (id) ON jobs TO app_kernel;
GRANT SELECT (kind) ON jobs TO app_directory;
GRANT SELECT (locked_until) ON jobs TO app_directory;
GRANT UPDATE (locked_until) ON jobs TO app_directory;
GRANT SELECT (requested_by) ON jobs TO app_directory;
GRANT SELECT (run_after) ON jobs TO app_directory;
GRANT UPDATE (run_after) ON jobs TO app_directory;
GRANT SELECT (status) ON jobs TO app_directory;
GRANT UPDATE (status) ON jobs TO app_directory;
GRANT SELECT (status) ON jobs TO app_kernel;
GRANT SELECT (tenant_id) ON jobs TO app_directory;
GRANT SELECT (tenant_id) ON jobs TO app_kernel;
GRANT SELECT (total) ON jobs TO app_directory;
GRANT UPDATE (updated_at) ON jobs TO app_directory;

-- labels: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON labels AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON labels AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_restore ON labels AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_delete ON labels AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON labels AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON labels AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))));
CREATE POLICY rows_past_their_guards_to_update ON labels AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_for_kernel ON labels AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON labels TO app_directory;
GRANT DELETE ON labels TO app_kernel;
GRANT DELETE, INSERT, SELECT, UPDATE ON labels TO app_tenant;
GRANT SELECT (id) ON labels TO app_directory;
GRANT SELECT (id) ON labels TO app_kernel;
GRANT SELECT (owner_user_id) ON labels TO app_kernel;
GRANT SELECT (tenant_id) ON labels TO app_directory;
GRANT SELECT (tenant_id) ON labels TO app_kernel;
GRANT SELECT (version) ON labels TO app_kernel;

-- mails: global, local, row security, forced
CREATE POLICY directory ON mails AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT ON mails TO app_directory;
GRANT UPDATE (attempts) ON mails TO app_directory;
GRANT UPDATE (data) ON mails TO app_directory;
GRANT UPDATE (error) ON mails TO app_directory;
GRANT UPDATE (locked_until) ON mails TO app_directory;
GRANT UPDATE (run_after) ON mails TO app_directory;
GRANT UPDATE (sent_at) ON mails TO app_directory;
GRANT UPDATE (status) ON mails TO app_directory;

-- memberships: organization, distributed, row security, forced
CREATE POLICY directory ON memberships AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_for_support ON memberships AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK ((user_id = kernel.support_user()) AND (role = 'viewer'::text) AND (status = 'removed'::text));
CREATE POLICY directory_to_erase ON memberships AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON memberships AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_insert ON memberships AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (role = 'owner'::text);
CREATE POLICY directory_to_restore ON memberships AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK ((status = 'removed'::text) AND (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now()))));
CREATE POLICY directory_to_update ON memberships AS PERMISSIVE FOR UPDATE TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY rows_of_current_tenant_to_insert ON memberships AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))));
CREATE POLICY rows_of_current_tenant_to_select ON memberships AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON memberships AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))));
CREATE POLICY tenant_for_kernel ON memberships AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT ON memberships TO app_directory;
GRANT INSERT, SELECT, UPDATE ON memberships TO app_kernel;
GRANT INSERT, SELECT, UPDATE ON memberships TO app_tenant;
GRANT UPDATE (display_name) ON memberships TO app_directory;
GRANT SELECT (id) ON memberships TO app_directory;
GRANT UPDATE (last_active_at) ON memberships TO app_directory;
GRANT UPDATE (status) ON memberships TO app_directory;
GRANT SELECT (tenant_id) ON memberships TO app_directory;
GRANT UPDATE (updated_at) ON memberships TO app_directory;
GRANT UPDATE (version) ON memberships TO app_directory;

-- notification_mutes: global, local, row security, forced
CREATE POLICY directory ON notification_mutes AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON notification_mutes AS PERMISSIVE FOR DELETE TO app_directory
  USING (organization_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_this_person ON notification_mutes AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT DELETE, SELECT ON notification_mutes TO app_directory;
GRANT DELETE, INSERT, SELECT ON notification_mutes TO app_platform;

-- notification_preferences: global, local, row security, forced
CREATE POLICY directory ON notification_preferences AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON notification_preferences AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT SELECT ON notification_preferences TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON notification_preferences TO app_platform;

-- notification_settings: global, local, row security, forced
CREATE POLICY directory ON notification_settings AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON notification_settings AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT SELECT ON notification_settings TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON notification_settings TO app_platform;

-- notifications: guarded, distributed, row security, forced
CREATE POLICY directory ON notifications AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON notifications AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON notifications AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON notifications AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON notifications AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_sweep ON notifications AS PERMISSIVE FOR DELETE TO app_directory
  USING ((created_at < (now() - '89 days'::interval)) AND ((read_at IS NOT NULL) OR (NOT in_app)));
CREATE POLICY rows_past_their_guards_to_delete ON notifications AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON notifications AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON notifications AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY tenant_for_kernel ON notifications AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, SELECT ON notifications TO app_directory;
GRANT INSERT, SELECT ON notifications TO app_kernel;
GRANT DELETE, SELECT, UPDATE ON notifications TO app_tenant;
GRANT SELECT (container_id) ON notifications TO app_directory;
GRANT UPDATE (container_id) ON notifications TO app_kernel;
GRANT SELECT (id) ON notifications TO app_directory;
GRANT UPDATE (link) ON notifications TO app_kernel;
GRANT UPDATE (mailed_at) ON notifications TO app_kernel;
GRANT SELECT (tenant_id) ON notifications TO app_directory;

-- one_time_tokens: global, local, row security, forced
CREATE POLICY directory ON one_time_tokens AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY rows_of_this_person ON one_time_tokens AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT DELETE, INSERT, SELECT ON one_time_tokens TO app_directory;
GRANT DELETE, UPDATE ON one_time_tokens TO app_platform;
GRANT SELECT (created_at) ON one_time_tokens TO app_platform;
GRANT SELECT (email_lc) ON one_time_tokens TO app_platform;
GRANT SELECT (expires_at) ON one_time_tokens TO app_platform;
GRANT SELECT (id) ON one_time_tokens TO app_platform;
GRANT SELECT (payload) ON one_time_tokens TO app_platform;
GRANT SELECT (purpose) ON one_time_tokens TO app_platform;
GRANT UPDATE (used_at) ON one_time_tokens TO app_directory;
GRANT SELECT (used_at) ON one_time_tokens TO app_platform;
GRANT SELECT (user_id) ON one_time_tokens TO app_platform;

-- organization_limits: organization, distributed, row security, forced
CREATE POLICY directory ON organization_limits AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON organization_limits AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON organization_limits AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_current_tenant_to_select ON organization_limits AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON organization_limits TO app_directory;
GRANT SELECT ON organization_limits TO app_tenant;
GRANT SELECT (id) ON organization_limits TO app_directory;
GRANT SELECT (tenant_id) ON organization_limits TO app_directory;

-- organization_load: global, local, row security, forced
CREATE POLICY directory ON organization_load AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON organization_load TO app_directory;

-- organization_load_hours: global, local, row security, forced
CREATE POLICY directory ON organization_load_hours AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON organization_load_hours TO app_directory;

-- organization_logos: organization, distributed, row security, forced
CREATE POLICY directory_to_erase ON organization_logos AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON organization_logos AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_restore ON organization_logos AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_of_current_tenant_to_delete ON organization_logos AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_insert ON organization_logos AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_select ON organization_logos AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON organization_logos AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
GRANT DELETE, INSERT ON organization_logos TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON organization_logos TO app_tenant;
GRANT SELECT (id) ON organization_logos TO app_directory;
GRANT SELECT (tenant_id) ON organization_logos TO app_directory;

-- organization_modules: organization, distributed, row security, forced
CREATE POLICY directory ON organization_modules AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON organization_modules AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON organization_modules AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_insert ON organization_modules AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (true);
CREATE POLICY directory_to_update ON organization_modules AS PERMISSIVE FOR UPDATE TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY rows_of_current_tenant_to_insert ON organization_modules AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_select ON organization_modules AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON organization_modules AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
GRANT DELETE, INSERT, SELECT ON organization_modules TO app_directory;
GRANT INSERT, SELECT, UPDATE ON organization_modules TO app_tenant;
GRANT UPDATE (enabled) ON organization_modules TO app_directory;
GRANT SELECT (id) ON organization_modules TO app_directory;
GRANT SELECT (tenant_id) ON organization_modules TO app_directory;
GRANT UPDATE (updated_at) ON organization_modules TO app_directory;
GRANT UPDATE (version) ON organization_modules TO app_directory;

-- organization_slugs: global, local, row security, forced
CREATE POLICY directory ON organization_slugs AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON organization_slugs TO app_directory;

-- organizations: global, reference, row security, forced
CREATE POLICY directory ON organizations AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_of_the_platform ON organizations AS PERMISSIVE FOR ALL TO app_platform
  USING (true)
  WITH CHECK (true);
CREATE POLICY my_organization ON organizations AS PERMISSIVE FOR SELECT TO app_tenant
  USING (id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY my_organization_for_kernel ON organizations AS PERMISSIVE FOR ALL TO app_kernel
  USING (id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT ON organizations TO app_directory;
GRANT SELECT ON organizations TO app_kernel;
GRANT SELECT, UPDATE ON organizations TO app_platform;
GRANT SELECT ON organizations TO app_tenant;
GRANT UPDATE (allowed_domains) ON organizations TO app_directory;
GRANT UPDATE (colour) ON organizations TO app_directory;
GRANT UPDATE (currency) ON organizations TO app_directory;
GRANT UPDATE (deleted_at) ON organizations TO app_directory;
GRANT UPDATE (join_policy) ON organizations TO app_kernel;
GRANT UPDATE (logo_hash) ON organizations TO app_directory;
GRANT UPDATE (name) ON organizations TO app_directory;
GRANT UPDATE (name) ON organizations TO app_kernel;
GRANT UPDATE (plan_key) ON organizations TO app_directory;
GRANT UPDATE (plan_key) ON organizations TO app_kernel;
GRANT UPDATE (plan_since) ON organizations TO app_directory;
GRANT UPDATE (plan_since) ON organizations TO app_kernel;
GRANT UPDATE (purge_after) ON organizations TO app_directory;
GRANT UPDATE (restoring_until) ON organizations TO app_directory;
GRANT UPDATE (second_factor_grace_days) ON organizations TO app_kernel;
GRANT UPDATE (second_factor_required_at) ON organizations TO app_kernel;
GRANT UPDATE (session_hours) ON organizations TO app_directory;
GRANT UPDATE (slug) ON organizations TO app_directory;
GRANT UPDATE (status) ON organizations TO app_directory;
GRANT UPDATE (status) ON organizations TO app_kernel;
GRANT UPDATE (support_policy) ON organizations TO app_kernel;
GRANT UPDATE (suspended_reason) ON organizations TO app_directory;
GRANT UPDATE (switches) ON organizations TO app_directory;
GRANT UPDATE (timezone) ON organizations TO app_directory;
GRANT UPDATE (timezone) ON organizations TO app_kernel;
GRANT UPDATE (updated_at) ON organizations TO app_directory;
GRANT UPDATE (updated_at) ON organizations TO app_kernel;

-- passkeys: global, local, row security, forced
CREATE POLICY directory ON passkeys AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_delete ON passkeys AS PERMISSIVE FOR DELETE TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON passkeys AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT DELETE, SELECT ON passkeys TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON passkeys TO app_platform;

-- plans: global, reference, row security, forced
CREATE POLICY directory ON plans AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_of_the_platform ON plans AS PERMISSIVE FOR ALL TO app_platform
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON plans TO app_directory;
GRANT SELECT ON plans TO app_platform;

-- platform_audit_events: global, local, row security, forced
CREATE POLICY directory ON platform_audit_events AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (true);
CREATE POLICY directory_to_read ON platform_audit_events AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON platform_audit_events AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT INSERT, SELECT ON platform_audit_events TO app_directory;
GRANT INSERT, SELECT ON platform_audit_events TO app_platform;

-- platform_settings: global, reference, row security, forced
CREATE POLICY directory ON platform_settings AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT INSERT, SELECT, UPDATE ON platform_settings TO app_directory;

-- probe_requests: global, local, row security, forced
CREATE POLICY directory ON probe_requests AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON probe_requests TO app_directory;

-- projects: container, distributed, row security, forced
CREATE POLICY directory_of_deleted ON projects AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.deleted_at IS NOT NULL)));
CREATE POLICY directory_of_deleted_to_update ON projects AS PERMISSIVE FOR UPDATE TO app_directory
  USING ((tenant_id, id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.deleted_at IS NOT NULL)));
CREATE POLICY directory_to_erase ON projects AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON projects AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_restore ON projects AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_insert ON projects AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON projects AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON projects AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_for_kernel ON projects AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON projects TO app_directory;
GRANT INSERT, SELECT, UPDATE ON projects TO app_tenant;
GRANT UPDATE (description) ON projects TO app_directory;
GRANT SELECT (id) ON projects TO app_directory;
GRANT SELECT (id) ON projects TO app_kernel;
GRANT SELECT (key) ON projects TO app_directory;
GRANT SELECT (key) ON projects TO app_kernel;
GRANT UPDATE (slug) ON projects TO app_directory;
GRANT SELECT (slug) ON projects TO app_kernel;
GRANT SELECT (tenant_id) ON projects TO app_directory;
GRANT SELECT (tenant_id) ON projects TO app_kernel;

-- rate_limits: global, local, row security, forced
CREATE POLICY directory ON rate_limits AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_of_the_platform ON rate_limits AS PERMISSIVE FOR ALL TO app_platform
  USING (true)
  WITH CHECK (true);
GRANT DELETE, SELECT ON rate_limits TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_limits TO app_platform;

-- record_labels: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON record_labels AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON record_labels AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON record_labels AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON record_labels AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON record_labels AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_delete ON record_labels AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON record_labels AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON record_labels AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY tenant_for_kernel ON record_labels AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON record_labels TO app_directory;
GRANT DELETE, SELECT ON record_labels TO app_kernel;
GRANT DELETE, INSERT, SELECT ON record_labels TO app_tenant;
GRANT SELECT (container_id) ON record_labels TO app_directory;
GRANT UPDATE (container_id) ON record_labels TO app_kernel;
GRANT SELECT (id) ON record_labels TO app_directory;
GRANT SELECT (tenant_id) ON record_labels TO app_directory;

-- record_links: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON record_links AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON record_links AS PERMISSIVE FOR DELETE TO app_directory
  USING (((tenant_id, from_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, to_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_find ON record_links AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON record_links AS PERMISSIVE FOR SELECT TO app_directory
  USING (((tenant_id, from_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, to_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_restore ON record_links AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_delete ON record_links AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (from_container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (to_container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON record_links AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (from_container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (to_container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON record_links AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (from_container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)) AND (to_container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY tenant_for_kernel ON record_links AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON record_links TO app_directory;
GRANT DELETE ON record_links TO app_kernel;
GRANT DELETE, INSERT, SELECT ON record_links TO app_tenant;
GRANT SELECT (from_container_id) ON record_links TO app_directory;
GRANT SELECT (from_container_id) ON record_links TO app_kernel;
GRANT UPDATE (from_container_id) ON record_links TO app_kernel;
GRANT SELECT (from_id) ON record_links TO app_kernel;
GRANT SELECT (from_task_id) ON record_links TO app_kernel;
GRANT SELECT (id) ON record_links TO app_directory;
GRANT SELECT (id) ON record_links TO app_kernel;
GRANT SELECT (tenant_id) ON record_links TO app_directory;
GRANT SELECT (tenant_id) ON record_links TO app_kernel;
GRANT SELECT (to_container_id) ON record_links TO app_directory;
GRANT SELECT (to_container_id) ON record_links TO app_kernel;
GRANT UPDATE (to_container_id) ON record_links TO app_kernel;
GRANT SELECT (to_id) ON record_links TO app_kernel;
GRANT SELECT (to_task_id) ON record_links TO app_kernel;

-- recovery_codes: global, local, row security, forced
CREATE POLICY directory ON recovery_codes AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY rows_of_this_person ON recovery_codes AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT DELETE ON recovery_codes TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON recovery_codes TO app_platform;
GRANT SELECT (used_at) ON recovery_codes TO app_directory;
GRANT SELECT (user_id) ON recovery_codes TO app_directory;

-- refresh_tokens: global, local, row security, forced
CREATE POLICY directory ON refresh_tokens AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY rows_of_this_person ON refresh_tokens AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT SELECT ON refresh_tokens TO app_directory;
GRANT INSERT ON refresh_tokens TO app_platform;
GRANT SELECT (created_at) ON refresh_tokens TO app_platform;
GRANT SELECT (expires_at) ON refresh_tokens TO app_platform;
GRANT SELECT (id) ON refresh_tokens TO app_platform;
GRANT SELECT (session_id) ON refresh_tokens TO app_platform;
GRANT UPDATE (used_at) ON refresh_tokens TO app_directory;
GRANT SELECT (used_at) ON refresh_tokens TO app_platform;
GRANT SELECT (user_id) ON refresh_tokens TO app_platform;

-- refused_attempts: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON refused_attempts AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON refused_attempts AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON refused_attempts AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON refused_attempts AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY rows_in_my_containers_to_select ON refused_attempts AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY tenant_for_kernel ON refused_attempts AS PERMISSIVE FOR INSERT TO app_kernel
  WITH CHECK (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY tenant_to_find ON refused_attempts AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY tenant_to_move ON refused_attempts AS PERMISSIVE FOR UPDATE TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE ON refused_attempts TO app_directory;
GRANT INSERT ON refused_attempts TO app_kernel;
GRANT SELECT ON refused_attempts TO app_tenant;
GRANT SELECT (id) ON refused_attempts TO app_directory;
GRANT SELECT (project_id) ON refused_attempts TO app_directory;
GRANT SELECT (project_id) ON refused_attempts TO app_kernel;
GRANT UPDATE (project_id) ON refused_attempts TO app_kernel;
GRANT SELECT (task_id) ON refused_attempts TO app_kernel;
GRANT SELECT (tenant_id) ON refused_attempts TO app_directory;
GRANT SELECT (tenant_id) ON refused_attempts TO app_kernel;

-- saved_views: personal, distributed, row security, forced
CREATE POLICY directory_of_removed ON saved_views AS PERMISSIVE FOR ALL TO app_directory
  USING (EXISTS ( SELECT
   FROM memberships m
  WHERE ((m.tenant_id = saved_views.tenant_id) AND (m.user_id = saved_views.owner_user_id) AND (m.status = 'removed'::text))));
CREATE POLICY directory_to_erase ON saved_views AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON saved_views AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_mine_to_delete ON saved_views AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_of_mine_to_insert ON saved_views AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_of_mine_to_select ON saved_views AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (is_shared OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))));
CREATE POLICY rows_of_mine_to_update ON saved_views AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY tenant_for_kernel ON saved_views AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE ON saved_views TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON saved_views TO app_tenant;
GRANT SELECT (id) ON saved_views TO app_directory;
GRANT SELECT (is_shared) ON saved_views TO app_kernel;
GRANT SELECT (owner_user_id) ON saved_views TO app_directory;
GRANT SELECT (owner_user_id) ON saved_views TO app_kernel;
GRANT SELECT (tenant_id) ON saved_views TO app_directory;
GRANT SELECT (tenant_id) ON saved_views TO app_kernel;

-- search_documents: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON search_documents AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON search_documents AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON search_documents AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON search_documents AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON search_documents AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_delete ON search_documents AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON search_documents AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON search_documents AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON search_documents AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_to_move ON search_documents AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON search_documents TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON search_documents TO app_tenant;
GRANT SELECT (container_id) ON search_documents TO app_directory;
GRANT SELECT (container_id) ON search_documents TO app_kernel;
GRANT UPDATE (container_id) ON search_documents TO app_kernel;
GRANT SELECT (context_id) ON search_documents TO app_kernel;
GRANT SELECT (guard_key) ON search_documents TO app_kernel;
GRANT UPDATE (guard_key) ON search_documents TO app_kernel;
GRANT SELECT (id) ON search_documents TO app_directory;
GRANT SELECT (id) ON search_documents TO app_kernel;
GRANT SELECT (task_id) ON search_documents TO app_kernel;
GRANT SELECT (tenant_id) ON search_documents TO app_directory;
GRANT SELECT (tenant_id) ON search_documents TO app_kernel;

-- search_tokens: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON search_tokens AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON search_tokens AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON search_tokens AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON search_tokens AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON search_tokens AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_delete ON search_tokens AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON search_tokens AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON search_tokens AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON search_tokens AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND (( SELECT kernel.support_session() AS support_session) IS NULL))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_to_move ON search_tokens AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON search_tokens TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON search_tokens TO app_tenant;
GRANT SELECT (container_id) ON search_tokens TO app_directory;
GRANT UPDATE (container_id) ON search_tokens TO app_kernel;
GRANT SELECT (document_id) ON search_tokens TO app_kernel;
GRANT SELECT (id) ON search_tokens TO app_directory;
GRANT SELECT (tenant_id) ON search_tokens TO app_directory;
GRANT SELECT (tenant_id) ON search_tokens TO app_kernel;

-- sessions: global, local, row security, forced
CREATE POLICY directory ON sessions AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY rows_of_this_person ON sessions AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT SELECT ON sessions TO app_directory;
GRANT INSERT, UPDATE ON sessions TO app_platform;
GRANT SELECT (created_at) ON sessions TO app_platform;
GRANT SELECT (expires_at) ON sessions TO app_platform;
GRANT SELECT (factor_at) ON sessions TO app_platform;
GRANT SELECT (id) ON sessions TO app_platform;
GRANT UPDATE (idle_expires_at) ON sessions TO app_directory;
GRANT SELECT (idle_expires_at) ON sessions TO app_platform;
GRANT SELECT (ip) ON sessions TO app_platform;
GRANT SELECT (kind) ON sessions TO app_platform;
GRANT UPDATE (last_seen_at) ON sessions TO app_directory;
GRANT SELECT (last_seen_at) ON sessions TO app_platform;
GRANT SELECT (method) ON sessions TO app_platform;
GRANT SELECT (needs_factor) ON sessions TO app_platform;
GRANT SELECT (proven_at) ON sessions TO app_platform;
GRANT UPDATE (revoke_reason) ON sessions TO app_directory;
GRANT SELECT (revoke_reason) ON sessions TO app_platform;
GRANT UPDATE (revoked_at) ON sessions TO app_directory;
GRANT SELECT (revoked_at) ON sessions TO app_platform;
GRANT SELECT (user_agent) ON sessions TO app_platform;
GRANT SELECT (user_id) ON sessions TO app_platform;

-- slow_statements: global, local, row security, forced
CREATE POLICY directory ON slow_statements AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT DELETE, INSERT, SELECT, UPDATE ON slow_statements TO app_directory;

-- suggestions: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON suggestions AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON suggestions AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON suggestions AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON suggestions AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON suggestions AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_insert ON suggestions AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON suggestions AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON suggestions AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_to_note ON suggestions AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON suggestions TO app_directory;
GRANT INSERT, SELECT, UPDATE ON suggestions TO app_tenant;
GRANT SELECT (id) ON suggestions TO app_directory;
GRANT SELECT (id) ON suggestions TO app_kernel;
GRANT SELECT (project_id) ON suggestions TO app_directory;
GRANT SELECT (project_id) ON suggestions TO app_kernel;
GRANT SELECT (tenant_id) ON suggestions TO app_directory;
GRANT SELECT (tenant_id) ON suggestions TO app_kernel;

-- super_admin_requests: global, local, row security, forced
CREATE POLICY directory ON super_admin_requests AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
GRANT INSERT, SELECT ON super_admin_requests TO app_directory;
GRANT UPDATE (decided_at) ON super_admin_requests TO app_directory;
GRANT UPDATE (decided_by) ON super_admin_requests TO app_directory;
GRANT UPDATE (status) ON super_admin_requests TO app_directory;

-- support_sessions: sensitive, distributed, row security, forced
CREATE POLICY directory ON support_sessions AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON support_sessions AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON support_sessions AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_for_managers_to_select ON support_sessions AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.support_session() AS support_session) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[])));
CREATE POLICY tenant_for_kernel ON support_sessions AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT ON support_sessions TO app_directory;
GRANT SELECT ON support_sessions TO app_kernel;
GRANT SELECT ON support_sessions TO app_tenant;
GRANT UPDATE (decided_at) ON support_sessions TO app_kernel;
GRANT UPDATE (decided_by) ON support_sessions TO app_kernel;
GRANT UPDATE (ended_at) ON support_sessions TO app_directory;
GRANT UPDATE (ended_at) ON support_sessions TO app_kernel;
GRANT UPDATE (ended_by) ON support_sessions TO app_directory;
GRANT UPDATE (ended_by) ON support_sessions TO app_kernel;
GRANT UPDATE (ends_at) ON support_sessions TO app_kernel;
GRANT SELECT (id) ON support_sessions TO app_directory;
GRANT UPDATE (starts_at) ON support_sessions TO app_kernel;
GRANT UPDATE (status) ON support_sessions TO app_directory;
GRANT UPDATE (status) ON support_sessions TO app_kernel;
GRANT SELECT (tenant_id) ON support_sessions TO app_directory;
GRANT UPDATE (updated_at) ON support_sessions TO app_directory;
GRANT UPDATE (updated_at) ON support_sessions TO app_kernel;
GRANT UPDATE (web_session_id) ON support_sessions TO app_directory;

-- tables: kernel, local
GRANT SELECT ON tables TO app_directory;
GRANT SELECT ON tables TO app_platform;
GRANT SELECT ON tables TO app_tenant;

-- task_assignees: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON task_assignees AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON task_assignees AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON task_assignees AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON task_assignees AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON task_assignees AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_delete ON task_assignees AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_insert ON task_assignees AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON task_assignees AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON task_assignees AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_for_kernel ON task_assignees AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON task_assignees TO app_directory;
GRANT DELETE, INSERT, SELECT ON task_assignees TO app_kernel;
GRANT DELETE, INSERT, SELECT, UPDATE ON task_assignees TO app_tenant;
GRANT SELECT (id) ON task_assignees TO app_directory;
GRANT SELECT (project_id) ON task_assignees TO app_directory;
GRANT UPDATE (project_id) ON task_assignees TO app_kernel;
GRANT SELECT (tenant_id) ON task_assignees TO app_directory;

-- task_dependencies: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON task_dependencies AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON task_dependencies AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON task_dependencies AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON task_dependencies AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON task_dependencies AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_delete ON task_dependencies AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_in_my_containers_to_insert ON task_dependencies AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON task_dependencies AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY tenant_to_move ON task_dependencies AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON task_dependencies TO app_directory;
GRANT DELETE ON task_dependencies TO app_kernel;
GRANT DELETE, INSERT, SELECT ON task_dependencies TO app_tenant;
GRANT SELECT (depends_on_id) ON task_dependencies TO app_kernel;
GRANT SELECT (id) ON task_dependencies TO app_directory;
GRANT SELECT (id) ON task_dependencies TO app_kernel;
GRANT SELECT (project_id) ON task_dependencies TO app_directory;
GRANT SELECT (project_id) ON task_dependencies TO app_kernel;
GRANT UPDATE (project_id) ON task_dependencies TO app_kernel;
GRANT SELECT (task_id) ON task_dependencies TO app_kernel;
GRANT SELECT (tenant_id) ON task_dependencies TO app_directory;
GRANT SELECT (tenant_id) ON task_dependencies TO app_kernel;

-- task_moves: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON task_moves AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON task_moves AS PERMISSIVE FOR DELETE TO app_directory
  USING (((tenant_id, from_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, to_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_find ON task_moves AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON task_moves AS PERMISSIVE FOR SELECT TO app_directory
  USING (((tenant_id, from_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, to_container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_restore ON task_moves AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_insert ON task_moves AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (from_container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (to_container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON task_moves AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (from_container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)) AND (to_container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY tenant_for_kernel ON task_moves AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON task_moves TO app_directory;
GRANT INSERT, SELECT ON task_moves TO app_tenant;
GRANT SELECT (from_container_id) ON task_moves TO app_directory;
GRANT SELECT (from_container_id) ON task_moves TO app_kernel;
GRANT SELECT (from_number) ON task_moves TO app_kernel;
GRANT SELECT (id) ON task_moves TO app_directory;
GRANT SELECT (task_id) ON task_moves TO app_kernel;
GRANT SELECT (tenant_id) ON task_moves TO app_directory;
GRANT SELECT (tenant_id) ON task_moves TO app_kernel;
GRANT SELECT (to_container_id) ON task_moves TO app_directory;
GRANT SELECT (to_container_id) ON task_moves TO app_kernel;
GRANT UPDATE (to_container_id) ON task_moves TO app_kernel;

-- task_progress: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON task_progress AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON task_progress AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON task_progress AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON task_progress AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON task_progress AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_insert ON task_progress AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_in_my_containers_to_select ON task_progress AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY tenant_to_move ON task_progress AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON task_progress TO app_directory;
GRANT INSERT, SELECT ON task_progress TO app_tenant;
GRANT SELECT (id) ON task_progress TO app_directory;
GRANT SELECT (project_id) ON task_progress TO app_directory;
GRANT SELECT (project_id) ON task_progress TO app_kernel;
GRANT UPDATE (project_id) ON task_progress TO app_kernel;
GRANT SELECT (task_id) ON task_progress TO app_kernel;
GRANT SELECT (tenant_id) ON task_progress TO app_directory;
GRANT SELECT (tenant_id) ON task_progress TO app_kernel;

-- task_status_changes: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON task_status_changes AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON task_status_changes AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON task_status_changes AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON task_status_changes AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON task_status_changes AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_insert ON task_status_changes AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (actor_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_in_my_containers_to_select ON task_status_changes AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY tenant_to_move ON task_status_changes AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON task_status_changes TO app_directory;
GRANT INSERT, SELECT ON task_status_changes TO app_tenant;
GRANT SELECT (id) ON task_status_changes TO app_directory;
GRANT SELECT (project_id) ON task_status_changes TO app_directory;
GRANT SELECT (project_id) ON task_status_changes TO app_kernel;
GRANT UPDATE (project_id) ON task_status_changes TO app_kernel;
GRANT SELECT (task_id) ON task_status_changes TO app_kernel;
GRANT SELECT (tenant_id) ON task_status_changes TO app_directory;
GRANT SELECT (tenant_id) ON task_status_changes TO app_kernel;

-- task_templates: guarded, distributed, row security, forced
CREATE POLICY directory_to_erase ON task_templates AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON task_templates AS PERMISSIVE FOR DELETE TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_find ON task_templates AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON task_templates AS PERMISSIVE FOR SELECT TO app_directory
  USING (((tenant_id, container_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))) OR ((tenant_id, container_key) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now()))));
CREATE POLICY directory_to_restore ON task_templates AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_past_their_guards_to_delete ON task_templates AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON task_templates AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON task_templates AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
CREATE POLICY rows_past_their_guards_to_update ON task_templates AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (((container_id IS NULL) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL)) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
GRANT DELETE, INSERT ON task_templates TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON task_templates TO app_tenant;
GRANT SELECT (container_id) ON task_templates TO app_directory;
GRANT SELECT (container_key) ON task_templates TO app_directory;
GRANT SELECT (id) ON task_templates TO app_directory;
GRANT SELECT (tenant_id) ON task_templates TO app_directory;

-- tasks: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON tasks AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON tasks AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON tasks AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON tasks AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON tasks AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_insert ON tasks AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON tasks AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON tasks AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_for_kernel ON tasks AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON tasks TO app_directory;
GRANT DELETE, SELECT ON tasks TO app_kernel;
GRANT INSERT, SELECT, UPDATE ON tasks TO app_tenant;
GRANT UPDATE (goal_id) ON tasks TO app_kernel;
GRANT SELECT (id) ON tasks TO app_directory;
GRANT UPDATE (number) ON tasks TO app_kernel;
GRANT SELECT (parent_id) ON tasks TO app_directory;
GRANT UPDATE (parent_id) ON tasks TO app_kernel;
GRANT UPDATE ("position") ON tasks TO app_kernel;
GRANT SELECT (project_id) ON tasks TO app_directory;
GRANT UPDATE (project_id) ON tasks TO app_kernel;
GRANT SELECT (tenant_id) ON tasks TO app_directory;
GRANT UPDATE (updated_at) ON tasks TO app_kernel;
GRANT UPDATE (version) ON tasks TO app_kernel;
GRANT UPDATE (workstream_id) ON tasks TO app_kernel;

-- team_members: organization, distributed, row security, forced
CREATE POLICY directory_of_mine ON team_members AS PERMISSIVE FOR ALL TO app_directory
  USING (user_id = ( SELECT kernel.user_id() AS user_id));
CREATE POLICY directory_of_removed ON team_members AS PERMISSIVE FOR ALL TO app_directory
  USING (EXISTS ( SELECT
   FROM memberships m
  WHERE ((m.tenant_id = team_members.tenant_id) AND (m.user_id = team_members.user_id) AND (m.status = 'removed'::text))));
CREATE POLICY directory_to_erase ON team_members AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON team_members AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_restore ON team_members AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_of_current_tenant_to_delete ON team_members AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) OR ((( SELECT kernel.role() AS role) = ANY ('{manager}'::text[])) AND (team_id IN ( SELECT kernel.teams_i_lead() AS teams_i_lead)))));
CREATE POLICY rows_of_current_tenant_to_insert ON team_members AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) OR ((( SELECT kernel.role() AS role) = ANY ('{manager}'::text[])) AND (team_id IN ( SELECT kernel.teams_i_lead() AS teams_i_lead)))));
CREATE POLICY rows_of_current_tenant_to_select ON team_members AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON team_members AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) OR ((( SELECT kernel.role() AS role) = ANY ('{manager}'::text[])) AND (team_id IN ( SELECT kernel.teams_i_lead() AS teams_i_lead)))))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND ((( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) OR ((( SELECT kernel.role() AS role) = ANY ('{manager}'::text[])) AND (team_id IN ( SELECT kernel.teams_i_lead() AS teams_i_lead)))));
CREATE POLICY tenant_for_kernel ON team_members AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT ON team_members TO app_directory;
GRANT DELETE, INSERT, SELECT ON team_members TO app_kernel;
GRANT DELETE, INSERT, SELECT, UPDATE ON team_members TO app_tenant;
GRANT SELECT (id) ON team_members TO app_directory;
GRANT SELECT (tenant_id) ON team_members TO app_directory;

-- teams: organization, distributed, row security, forced
CREATE POLICY directory ON teams AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON teams AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON teams AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_restore ON teams AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_of_current_tenant_to_delete ON teams AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_insert ON teams AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_select ON teams AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON teams AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.container_limit() AS container_limit) IS NULL) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
GRANT DELETE, INSERT, SELECT ON teams TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON teams TO app_tenant;
GRANT SELECT (id) ON teams TO app_directory;
GRANT SELECT (tenant_id) ON teams TO app_directory;

-- totp_factors: global, local, row security, forced
CREATE POLICY directory ON totp_factors AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_delete ON totp_factors AS PERMISSIVE FOR DELETE TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON totp_factors AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT DELETE, SELECT ON totp_factors TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON totp_factors TO app_platform;

-- usage_counts: organization, distributed, row security, forced
CREATE POLICY directory ON usage_counts AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_to_erase ON usage_counts AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find ON usage_counts AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY rows_of_current_tenant_to_select ON usage_counts AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT, SELECT, UPDATE ON usage_counts TO app_directory;
GRANT SELECT ON usage_counts TO app_tenant;
GRANT SELECT (id) ON usage_counts TO app_directory;
GRANT SELECT (tenant_id) ON usage_counts TO app_directory;

-- user_identities: global, local, row security, forced
CREATE POLICY directory ON user_identities AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY rows_of_this_person ON user_identities AS PERMISSIVE FOR ALL TO app_platform
  USING (user_id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (user_id = ( SELECT kernel.user_id() AS user_id));
GRANT SELECT ON user_identities TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON user_identities TO app_platform;

-- users: global, reference, row security, forced
CREATE POLICY directory ON users AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_erase ON users AS PERMISSIVE FOR DELETE TO app_directory
  USING ((kind = 'system'::text) AND (NOT (EXISTS ( SELECT
   FROM memberships m
  WHERE (m.user_id = users.id)))));
CREATE POLICY directory_to_insert ON users AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (NOT is_super_admin);
CREATE POLICY directory_to_update ON users AS PERMISSIVE FOR UPDATE TO app_directory
  USING (kind = 'person'::text)
  WITH CHECK (kind = 'person'::text);
CREATE POLICY for_set_up ON users AS PERMISSIVE FOR ALL TO app_owner
  USING (true)
  WITH CHECK (true);
CREATE POLICY person_for_kernel ON users AS PERMISSIVE FOR SELECT TO app_kernel
  USING (id = ( SELECT kernel.user_id() AS user_id));
CREATE POLICY rows_of_this_person ON users AS PERMISSIVE FOR ALL TO app_platform
  USING (id = ( SELECT kernel.user_id() AS user_id))
  WITH CHECK (id = ( SELECT kernel.user_id() AS user_id));
GRANT DELETE, INSERT, SELECT ON users TO app_directory;
GRANT SELECT ON users TO app_kernel;
GRANT INSERT (avatar_hash) ON users TO app_platform;
GRANT SELECT (avatar_hash) ON users TO app_platform;
GRANT UPDATE (avatar_hash) ON users TO app_platform;
GRANT INSERT (created_at) ON users TO app_platform;
GRANT SELECT (created_at) ON users TO app_platform;
GRANT UPDATE (created_at) ON users TO app_platform;
GRANT INSERT (email_lc) ON users TO app_platform;
GRANT SELECT (email_lc) ON users TO app_platform;
GRANT UPDATE (email_lc) ON users TO app_platform;
GRANT INSERT (email_verified_at) ON users TO app_platform;
GRANT SELECT (email_verified_at) ON users TO app_platform;
GRANT UPDATE (email_verified_at) ON users TO app_platform;
GRANT INSERT (email) ON users TO app_platform;
GRANT SELECT (email) ON users TO app_platform;
GRANT UPDATE (email) ON users TO app_platform;
GRANT INSERT (id) ON users TO app_platform;
GRANT SELECT (id) ON users TO app_platform;
GRANT UPDATE (id) ON users TO app_platform;
GRANT INSERT (is_demo) ON users TO app_platform;
GRANT SELECT (is_demo) ON users TO app_platform;
GRANT UPDATE (is_demo) ON users TO app_platform;
GRANT UPDATE (is_super_admin) ON users TO app_directory;
GRANT SELECT (is_super_admin) ON users TO app_platform;
GRANT INSERT (kind) ON users TO app_platform;
GRANT SELECT (kind) ON users TO app_platform;
GRANT UPDATE (kind) ON users TO app_platform;
GRANT INSERT (last_login_at) ON users TO app_platform;
GRANT SELECT (last_login_at) ON users TO app_platform;
GRANT UPDATE (last_login_at) ON users TO app_platform;
GRANT INSERT (locale) ON users TO app_platform;
GRANT SELECT (locale) ON users TO app_platform;
GRANT UPDATE (locale) ON users TO app_platform;
GRANT INSERT (must_change_password) ON users TO app_platform;
GRANT SELECT (must_change_password) ON users TO app_platform;
GRANT UPDATE (must_change_password) ON users TO app_platform;
GRANT INSERT (name) ON users TO app_platform;
GRANT SELECT (name) ON users TO app_platform;
GRANT UPDATE (name) ON users TO app_platform;
GRANT INSERT (password_algorithm) ON users TO app_platform;
GRANT SELECT (password_algorithm) ON users TO app_platform;
GRANT UPDATE (password_algorithm) ON users TO app_platform;
GRANT INSERT (password_changed_at) ON users TO app_platform;
GRANT SELECT (password_changed_at) ON users TO app_platform;
GRANT UPDATE (password_changed_at) ON users TO app_platform;
GRANT INSERT (password_hash) ON users TO app_platform;
GRANT UPDATE (password_hash) ON users TO app_platform;
GRANT UPDATE (status) ON users TO app_directory;
GRANT INSERT (status) ON users TO app_platform;
GRANT SELECT (status) ON users TO app_platform;
GRANT UPDATE (status) ON users TO app_platform;
GRANT INSERT (timezone) ON users TO app_platform;
GRANT SELECT (timezone) ON users TO app_platform;
GRANT UPDATE (timezone) ON users TO app_platform;
GRANT UPDATE (updated_at) ON users TO app_directory;
GRANT INSERT (updated_at) ON users TO app_platform;
GRANT SELECT (updated_at) ON users TO app_platform;
GRANT UPDATE (updated_at) ON users TO app_platform;

-- workstreams: container, distributed, row security, forced
CREATE POLICY directory_to_erase ON workstreams AS PERMISSIVE FOR DELETE TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_erase_project ON workstreams AS PERMISSIVE FOR DELETE TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_find ON workstreams AS PERMISSIVE FOR SELECT TO app_directory
  USING (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.purge_after <= now())));
CREATE POLICY directory_to_find_project ON workstreams AS PERMISSIVE FOR SELECT TO app_directory
  USING ((tenant_id, project_id) IN ( SELECT c.tenant_id,
    c.id
   FROM containers c
  WHERE (c.purge_after <= now())));
CREATE POLICY directory_to_restore ON workstreams AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (tenant_id IN ( SELECT o.id
   FROM organizations o
  WHERE (o.restoring_until > now())));
CREATE POLICY rows_in_my_containers_to_delete ON workstreams AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_in_my_containers_to_insert ON workstreams AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON workstreams AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON workstreams AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_to_note ON workstreams AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, INSERT ON workstreams TO app_directory;
GRANT DELETE, INSERT, SELECT, UPDATE ON workstreams TO app_tenant;
GRANT SELECT (id) ON workstreams TO app_directory;
GRANT SELECT (id) ON workstreams TO app_kernel;
GRANT SELECT (project_id) ON workstreams TO app_directory;
GRANT SELECT (project_id) ON workstreams TO app_kernel;
GRANT SELECT (tenant_id) ON workstreams TO app_directory;
GRANT SELECT (tenant_id) ON workstreams TO app_kernel;

-- kernel.accept_invitation(bytea,uuid,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.add_load(jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.add_slow_statements(jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.address_of(uuid,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.admins_of(uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.admit(uuid,text,text,text,uuid,uuid,boolean,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.all_jobs(bytea,timestamp with time zone,text,text,uuid,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.all_support_sessions(bytea,timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.applied_migrations(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.archive_rows(text,uuid,integer): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.archive_tables(): owner app_owner, invoker
--   callers: app_directory, app_tenant
-- kernel.as_founded(jsonb): owner app_directory, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.ask_probe(timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.audit_hashes(uuid,timestamp with time zone,uuid,timestamp with time zone,uuid,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.avatar_of(uuid,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.busiest(bytea,timestamp with time zone,integer,bigint,uuid,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.choose_plan(text,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.close_probe_request(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_owner
-- kernel.close_restore(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.condition(kernel.tables,text,text): owner app_owner, invoker
--   callers: app_platform, app_tenant
-- kernel.console_announce(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_announcements(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_ask_probe(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_ask_super_admin(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_audit(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_change_organization(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_change_person(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_create_organization(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_decide_super_admin(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_end_announcement(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_organization(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_organizations(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_overrides(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_people(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_person(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_plans(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_remove_plan(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_save_plan(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_save_settings(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_set_limit(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_set_module(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_set_plan(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_set_switch(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_settings(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.console_statements(bytea,timestamp with time zone,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.container_limit(): owner app_owner, invoker
--   callers: app_directory, app_kernel, app_tenant
-- kernel.containers_for(text): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp, plan_cache_mode=force_generic_plan, enable_nestloop=off, enable_seqscan=off
--   callers: app_tenant
-- kernel.count_usage(uuid,text,timestamp with time zone,bigint): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.create_invited_person(bytea,text,text,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.create_organization(jsonb,uuid,text,uuid,jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.create_token(uuid,text,bytea,uuid,text,jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.credentials_of(text,bytea): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.current_announcements(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.decide_support(uuid,boolean,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.decline_invitation(bytea,uuid,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.delete_organization(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.deleted_of(uuid,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.deleted_projects(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.demo_people(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.due_for_erasure(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.due_notification_mail(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.due_projects(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.end_my_support(bytea,timestamp with time zone,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.end_of_session(bytea): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.end_support(uuid,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.ended_support(bytea,timestamp with time zone,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.enqueue_mail(uuid,text,text,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.enqueue_organization_mail(uuid,text,text,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.enter(uuid,uuid,text): owner app_owner, invoker
--   callers: app_tenant
-- kernel.enter(uuid,uuid,text,uuid): owner app_owner, invoker
--   callers: app_tenant
-- kernel.enter_person(uuid): owner app_owner, invoker
--   callers: app_platform
-- kernel.enter_support(uuid,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.erase_organization(uuid,timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.erase_project(uuid,uuid,timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.error_class(text,text): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.expire_support(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.explain_access(uuid): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.fail_job(uuid,uuid,integer,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.file_keys(text,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_api_key(bytea,timestamp with time zone,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_invitation(text,bytea,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_joinable(text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_member(bytea,timestamp with time zone,integer,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_membership(uuid,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_person(bytea,timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_support(bytea,timestamp with time zone,text,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_token(text,bytea,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.finish_mail(uuid,text,boolean,text,timestamp with time zone,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.finish_onboarding(text,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.former_holders(): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.found_organization(bytea,jsonb,uuid,jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.give_function(regprocedure,name,name[]): owner app_owner, invoker
--   callers: nobody else
-- kernel.hand_over(uuid,uuid,uuid,uuid,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.hand_over_trash(uuid,uuid,uuid,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_kernel
-- kernel.has_owner(uuid,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.has_second_factor(uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_dependency(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_domains(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_limit(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_slug(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_standing(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_super_admin(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_support(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_time(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.hold_transition(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.holdings_of(uuid): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.id_at(timestamp with time zone): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.identity_owner(text,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.import_job_is_over(uuid): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.is_enabled(uuid,text,boolean): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.is_listed(text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.job_counts(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.join_organization(uuid,uuid,text,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.keep_a_super_admin(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.keep_an_owner(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.last_backups(bytea,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.last_probe(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform, app_tenant
-- kernel.leave_everything(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.leave_organization(timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.let_archive(text): owner app_owner, invoker
--   callers: nobody else
-- kernel.let_erase(text): owner app_owner, invoker
--   callers: nobody else
-- kernel.levels_of(uuid): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.limit_of(uuid,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.list_api_keys(): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.list_mail(integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.listing(text,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.local_time(timestamp with time zone,text): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.mail_owners(uuid,text,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.mark_files(text[],text[],timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.member_facts(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.member_with_address(uuid,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.members_with_addresses(uuid,text[]): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.move_tasks(uuid[],uuid,integer,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.moved_task(text,integer): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.moved_to(uuid,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.my_password(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.my_usage(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.name_organization(text,text,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.next_statuses(text): owner app_owner, invoker
--   callers: app_tenant
-- kernel.note_console(uuid,uuid,text,text,text,uuid,text,jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.note_platform_support(uuid,uuid,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_kernel
-- kernel.note_refused(uuid,text,integer,text,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.note_support(uuid,uuid,text,text,jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.notify(jsonb,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.open_restore(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.organizations_of(uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.organizations_to_verify(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.own_parent(text): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.passkey_owner(bytea): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.piece(text,text,text): owner app_owner, invoker
--   callers: app_platform, app_tenant
-- kernel.plan_facts(plans): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.plan_of(uuid,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.platform_settings_now(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.policies_of(kernel.tables,text): owner app_owner, invoker
--   callers: app_platform, app_tenant
-- kernel.probe_request(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform, app_tenant
-- kernel.project_columns(text): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory, app_platform, app_tenant
-- kernel.protect_global_table(text,text,text[],text,text[],text[]): owner app_owner, invoker
--   callers: nobody else
-- kernel.protect_table(text,text,text,text,text,text[],text[],text,text[]): owner app_owner, invoker
--   callers: nobody else
-- kernel.purge_audit(uuid,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.purgeable(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.record_event(uuid,uuid,text,text,boolean,text,text,text,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.record_probe(integer,integer,integer,integer,integer,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_owner
-- kernel.record_usage(timestamp with time zone,uuid,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.request_support(bytea,timestamp with time zone,text,uuid,text,text,integer,text,boolean): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.require_admin(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.require_owner(uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.require_restore(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.require_role(text[]): owner app_kernel, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.require_second_factor(timestamp with time zone,integer,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.restore_organization(uuid,uuid,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.restore_people(jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.restore_project(uuid,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.restore_rows(text,jsonb): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.revoke_api_key(uuid,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.role(): owner app_owner, invoker
--   callers: app_directory, app_kernel, app_tenant
-- kernel.seal_audit(uuid,timestamp with time zone,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.seal_hash(bytea,integer,timestamp with time zone,uuid,integer,bytea): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.seal_of(uuid,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.seats_of(uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.set_join_policy(text,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.set_limit(uuid,text,integer,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.set_logo_hash(text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.set_security(integer,text[],timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.set_support_policy(text,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.sign_up(bytea,jsonb,uuid,jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.state_of(text,timestamp with time zone): owner app_owner, invoker
--   callers: app_directory
-- kernel.steer_job(bytea,timestamp with time zone,uuid,uuid,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.storage_of_all(bytea,timestamp with time zone,bigint,uuid,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.super_admin_of(bytea,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.support_session(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory, app_kernel, app_tenant
-- kernel.support_status(text,timestamp with time zone,timestamp with time zone,timestamp with time zone): owner app_owner, invoker
--   callers: app_directory, app_kernel
-- kernel.support_user(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.sweep(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.sweep_files(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.sweep_jobs(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.sweep_load(timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.sweep_load_hours(timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.sweep_notifications(timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.sweep_slow_statements(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.take_jobs(timestamp with time zone,integer,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.take_label_off(uuid): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.take_mail(timestamp with time zone,integer,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.take_my_notifications(timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.take_probe_request(timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_owner
-- kernel.take_rights(): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.take_team_off(uuid): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.take_team_off_deleted(uuid,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.take_time(integer): owner app_owner, invoker
--   callers: app_tenant
-- kernel.teams_i_lead(): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.tell_admins(text,text,text,text,uuid,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_directory
-- kernel.tell_changed(): owner app_owner, invoker, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.tell_person(uuid,text,text,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.tenant_id(): owner app_owner, invoker
--   callers: app_directory, app_kernel, app_tenant
-- kernel.transfer_ownership(uuid,timestamp with time zone): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.trash_of(uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_kernel
-- kernel.unmake_labels(uuid[]): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.unmake_tasks(uuid,uuid[]): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.unsealed(timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.update_organization(jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.usage_of(uuid,text,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: nobody else
-- kernel.use_refresh_token(bytea,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.use_token(text,bytea,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.user_id(): owner app_owner, invoker
--   callers: app_directory, app_kernel, app_platform, app_tenant
-- kernel.verify_my_seals(integer,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.verify_seals(uuid,integer,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.viewers_of(uuid,uuid[]): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.wants_mail(text,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.wants_notice(uuid,text,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_kernel
-- kernel.wish_probe(interval,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_kernel
