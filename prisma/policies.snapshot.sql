-- What is allowed now. Made from the catalog by npm run db:policies and compared by the tests: a change of reach shows in review.
-- role app_directory: no login
-- role app_kernel: no login
-- role app_owner: no login
-- role app_platform: login
-- role app_tenant: login

-- audit_details: guarded, distributed, row security, forced
CREATE POLICY rows_past_their_guards_to_insert ON audit_details AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field,viewer}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON audit_details AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
GRANT INSERT, SELECT ON audit_details TO app_tenant;

-- audit_events: history, distributed, row security, forced
CREATE POLICY events_i_may_know_to_insert ON audit_events AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (actor_user_id = ( SELECT kernel.user_id() AS user_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
CREATE POLICY events_i_may_know_to_select ON audit_events AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) OR (actor_user_id = ( SELECT kernel.user_id() AS user_id)) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))));
GRANT INSERT, SELECT ON audit_events TO app_tenant;

-- comments: guarded, distributed, row security, forced
CREATE POLICY rows_past_their_guards_to_insert ON comments AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_past_their_guards_to_select ON comments AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON comments AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (author_user_id = ( SELECT kernel.user_id() AS user_id)));
GRANT INSERT, SELECT, UPDATE ON comments TO app_tenant;

-- container_members: container, distributed, row security, forced
CREATE POLICY rows_in_my_containers_to_delete ON container_members AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_insert ON container_members AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON container_members AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON container_members AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (container_id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY tenant_for_kernel ON container_members AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT SELECT ON container_members TO app_kernel;
GRANT DELETE, INSERT, SELECT, UPDATE ON container_members TO app_tenant;

-- containers: container_itself, distributed, row security, forced
CREATE POLICY containers_of_mine_to_insert ON containers AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY containers_of_mine_to_select ON containers AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)) OR ((owner_user_id = ( SELECT kernel.user_id() AS user_id)) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))))));
CREATE POLICY containers_of_mine_to_update ON containers AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('manage'::text) AS containers_for)) AND ((parent_id IS NULL) OR (parent_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY tenant_for_kernel ON containers AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT SELECT ON containers TO app_kernel;
GRANT INSERT, SELECT, UPDATE ON containers TO app_tenant;

-- labels: guarded, distributed, row security, forced
CREATE POLICY rows_past_their_guards_to_delete ON labels AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON labels AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON labels AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))));
CREATE POLICY rows_past_their_guards_to_update ON labels AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
GRANT DELETE, INSERT, SELECT, UPDATE ON labels TO app_tenant;

-- memberships: organization, distributed, row security, forced
CREATE POLICY directory ON memberships AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_insert ON memberships AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (role = 'owner'::text);
CREATE POLICY rows_of_current_tenant_to_insert ON memberships AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))));
CREATE POLICY rows_of_current_tenant_to_select ON memberships AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON memberships AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])) AND ((role <> 'owner'::text) OR (( SELECT kernel.role() AS role) = ANY ('{owner}'::text[]))));
GRANT INSERT, SELECT ON memberships TO app_directory;
GRANT INSERT, SELECT, UPDATE ON memberships TO app_tenant;

-- organization_modules: organization, distributed, row security, forced
CREATE POLICY directory ON organization_modules AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_to_insert ON organization_modules AS PERMISSIVE FOR INSERT TO app_directory
  WITH CHECK (true);
CREATE POLICY rows_of_current_tenant_to_insert ON organization_modules AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_select ON organization_modules AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON organization_modules AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
GRANT INSERT, SELECT ON organization_modules TO app_directory;
GRANT INSERT, SELECT, UPDATE ON organization_modules TO app_tenant;

-- organizations: global, reference, row security, forced
CREATE POLICY directory ON organizations AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_of_the_platform ON organizations AS PERMISSIVE FOR ALL TO app_platform
  USING (true)
  WITH CHECK (true);
CREATE POLICY my_organization ON organizations AS PERMISSIVE FOR SELECT TO app_tenant
  USING (id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT INSERT, SELECT ON organizations TO app_directory;
GRANT SELECT, UPDATE ON organizations TO app_platform;
GRANT SELECT ON organizations TO app_tenant;

-- platform_audit_events: global, local, row security, forced
CREATE POLICY directory_of_the_platform ON platform_audit_events AS PERMISSIVE FOR ALL TO app_platform
  USING (true)
  WITH CHECK (true);
GRANT INSERT, SELECT ON platform_audit_events TO app_platform;

-- projects: container, distributed, row security, forced
CREATE POLICY rows_in_my_containers_to_insert ON projects AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON projects AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON projects AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
GRANT INSERT, SELECT, UPDATE ON projects TO app_tenant;

-- record_labels: guarded, distributed, row security, forced
CREATE POLICY rows_past_their_guards_to_delete ON record_labels AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON record_labels AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON record_labels AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY tenant_for_kernel ON record_labels AS PERMISSIVE FOR ALL TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT DELETE, SELECT ON record_labels TO app_kernel;
GRANT DELETE, INSERT, SELECT ON record_labels TO app_tenant;

-- search_documents: guarded, distributed, row security, forced
CREATE POLICY rows_past_their_guards_to_delete ON search_documents AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON search_documents AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON search_documents AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON search_documents AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
GRANT DELETE, INSERT, SELECT, UPDATE ON search_documents TO app_tenant;

-- search_tokens: guarded, distributed, row security, forced
CREATE POLICY rows_past_their_guards_to_delete ON search_tokens AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_insert ON search_tokens AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_past_their_guards_to_select ON search_tokens AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))));
CREATE POLICY rows_past_their_guards_to_update ON search_tokens AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND ((container_id IS NULL) OR (container_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for))) AND ((owner_user_id IS NULL) OR (owner_user_id = ( SELECT kernel.user_id() AS user_id))) AND ((min_role IS NULL) OR (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager}'::text[]))) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
GRANT DELETE, INSERT, SELECT, UPDATE ON search_tokens TO app_tenant;

-- sessions: global, local, row security, forced
CREATE POLICY directory ON sessions AS PERMISSIVE FOR ALL TO app_directory
  USING (true)
  WITH CHECK (true);
CREATE POLICY directory_of_the_platform ON sessions AS PERMISSIVE FOR ALL TO app_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON sessions TO app_directory;
GRANT INSERT, SELECT, UPDATE ON sessions TO app_platform;
GRANT UPDATE (idle_expires_at) ON sessions TO app_directory;
GRANT UPDATE (last_seen_at) ON sessions TO app_directory;

-- tables: kernel, local
GRANT SELECT ON tables TO app_platform;
GRANT SELECT ON tables TO app_tenant;

-- task_assignees: container, distributed, row security, forced
CREATE POLICY rows_in_my_containers_to_delete ON task_assignees AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_insert ON task_assignees AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON task_assignees AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON task_assignees AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
GRANT DELETE, INSERT, SELECT, UPDATE ON task_assignees TO app_tenant;

-- task_status_changes: container, distributed, row security, forced
CREATE POLICY rows_in_my_containers_to_insert ON task_status_changes AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])) AND (actor_user_id = ( SELECT kernel.user_id() AS user_id)));
CREATE POLICY rows_in_my_containers_to_select ON task_status_changes AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
GRANT INSERT, SELECT ON task_status_changes TO app_tenant;

-- tasks: container, distributed, row security, forced
CREATE POLICY rows_in_my_containers_to_insert ON tasks AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
CREATE POLICY rows_in_my_containers_to_select ON tasks AS PERMISSIVE FOR SELECT TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('view'::text) AS containers_for)));
CREATE POLICY rows_in_my_containers_to_update ON tasks AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (project_id IN ( SELECT kernel.containers_for('edit'::text) AS containers_for)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin,manager,member,field}'::text[])));
GRANT INSERT, SELECT, UPDATE ON tasks TO app_tenant;

-- team_members: organization, distributed, row security, forced
CREATE POLICY rows_of_current_tenant_to_delete ON team_members AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_insert ON team_members AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_select ON team_members AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON team_members AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY tenant_for_kernel ON team_members AS PERMISSIVE FOR SELECT TO app_kernel
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
GRANT SELECT ON team_members TO app_kernel;
GRANT DELETE, INSERT, SELECT, UPDATE ON team_members TO app_tenant;

-- teams: organization, distributed, row security, forced
CREATE POLICY rows_of_current_tenant_to_delete ON teams AS PERMISSIVE FOR DELETE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_insert ON teams AS PERMISSIVE FOR INSERT TO app_tenant
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
CREATE POLICY rows_of_current_tenant_to_select ON teams AS PERMISSIVE FOR SELECT TO app_tenant
  USING (tenant_id = ( SELECT kernel.tenant_id() AS tenant_id));
CREATE POLICY rows_of_current_tenant_to_update ON teams AS PERMISSIVE FOR UPDATE TO app_tenant
  USING ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])))
  WITH CHECK ((tenant_id = ( SELECT kernel.tenant_id() AS tenant_id)) AND (( SELECT kernel.role() AS role) = ANY ('{owner,admin}'::text[])));
GRANT DELETE, INSERT, SELECT, UPDATE ON teams TO app_tenant;

-- users: global, reference, row security, forced
CREATE POLICY directory ON users AS PERMISSIVE FOR SELECT TO app_directory
  USING (true);
CREATE POLICY directory_of_the_platform ON users AS PERMISSIVE FOR ALL TO app_platform
  USING (true)
  WITH CHECK (true);
GRANT SELECT ON users TO app_directory;
GRANT INSERT, SELECT, UPDATE ON users TO app_platform;

-- kernel.condition(kernel.tables,text,text): owner app_owner, invoker
--   callers: app_platform, app_tenant
-- kernel.containers_for(text): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.create_organization(jsonb,uuid,text,uuid,jsonb,timestamp with time zone): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.enter(uuid,uuid,text): owner app_owner, invoker
--   callers: app_tenant
-- kernel.find_member(bytea,timestamp with time zone,integer,text): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_membership(uuid,uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.find_person(bytea,timestamp with time zone,integer): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.give_function(regprocedure,name,name[]): owner app_owner, invoker
--   callers: nobody else
-- kernel.organizations_of(uuid): owner app_directory, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_platform
-- kernel.piece(text,text,text): owner app_owner, invoker
--   callers: app_platform, app_tenant
-- kernel.policies_of(kernel.tables,text): owner app_owner, invoker
--   callers: app_platform, app_tenant
-- kernel.protect_global_table(text,text,text[]): owner app_owner, invoker
--   callers: nobody else
-- kernel.protect_table(text,text,text,text,text,text[],text[],text): owner app_owner, invoker
--   callers: nobody else
-- kernel.role(): owner app_owner, invoker
--   callers: app_kernel, app_tenant
-- kernel.take_label_off(uuid): owner app_kernel, SECURITY DEFINER, search_path=pg_catalog, pg_temp
--   callers: app_tenant
-- kernel.tenant_id(): owner app_owner, invoker
--   callers: app_kernel, app_tenant
-- kernel.user_id(): owner app_owner, invoker
--   callers: app_kernel, app_tenant
