-- Filters of a list under a name, links from task to task, and telling of limits that are near.

-- CreateTable
CREATE TABLE "record_links" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "relation" TEXT NOT NULL,
    "from_kind" TEXT NOT NULL,
    "from_id" UUID NOT NULL,
    "from_container_id" UUID NOT NULL,
    "to_kind" TEXT NOT NULL,
    "to_id" UUID NOT NULL,
    "to_container_id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "from_task_id" UUID GENERATED ALWAYS AS (CASE WHEN from_kind = 'task' THEN from_id END) STORED,
    "to_task_id" UUID GENERATED ALWAYS AS (CASE WHEN to_kind = 'task' THEN to_id END) STORED,

    CONSTRAINT "record_links_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "owner_user_id" UUID NOT NULL,
    "list_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_lc" TEXT NOT NULL,
    "config" JSONB NOT NULL DEFAULT '{}',
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "record_links_tenant_id_to_container_id_to_task_id_idx" ON "record_links"("tenant_id", "to_container_id", "to_task_id");

-- CreateIndex
CREATE UNIQUE INDEX "record_links_ends_key" ON "record_links"("tenant_id", "from_container_id", "from_task_id", "to_container_id", "to_task_id", "relation");

-- CreateIndex
CREATE INDEX "saved_views_tenant_id_list_key_is_shared_idx" ON "saved_views"("tenant_id", "list_key", "is_shared");

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_tenant_id_owner_user_id_list_key_name_lc_key" ON "saved_views"("tenant_id", "owner_user_id", "list_key", "name_lc");

-- AddForeignKey
ALTER TABLE "record_links" ADD CONSTRAINT "record_links_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "record_links" ADD CONSTRAINT "record_links_tenant_id_from_container_id_from_task_id_fkey" FOREIGN KEY ("tenant_id", "from_container_id", "from_task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "record_links" ADD CONSTRAINT "record_links_tenant_id_to_container_id_to_task_id_fkey" FOREIGN KEY ("tenant_id", "to_container_id", "to_task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE record_links ADD CHECK (relation IN ('about', 'caused_by', 'converted_to', 'duplicate_of', 'follows')), ADD CHECK (from_kind = 'task' AND to_kind = 'task'), ADD CHECK (from_id <> to_id);
ALTER TABLE saved_views ADD CHECK (list_key ~ '^[a-z_]{1,40}$'), ADD CHECK (char_length(name) BETWEEN 1 AND 60), ADD CHECK (jsonb_typeof(config) = 'object' AND octet_length(config::text) <= 4000);

-- As before, and: what leads from one container to another, and what a person shows to everybody.
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
     AND attname IN ('container_id', 'from_container_id', 'owner_user_id', 'min_role', 'is_shared');

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
      parts := parts || kernel.piece('unlimited', NULL, dialect);
      IF reading AND 'is_shared' = ANY (guards) THEN
        parts := parts || format('(is_shared OR %s)', kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect));
      ELSE
        parts := parts || kernel.piece('me', quote_ident(coalesce(declared.person_column, 'user_id')), dialect);
      END IF;
    WHEN 'sensitive' THEN
      parts := parts || kernel.piece('unlimited', NULL, dialect) || kernel.piece('role', '{owner,admin,manager}', dialect);
    WHEN 'guarded' THEN
      IF 'from_container_id' = ANY (guards) THEN
        -- What leads from one record to another is seen by whoever sees both, and written by whoever may write the first.
        parts := parts || kernel.piece(level, 'from_container_id', dialect) || kernel.piece('view', 'to_container_id', dialect);
      ELSIF 'container_id' = ANY (guards) THEN
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

CALL kernel.protect_table('record_links', 'guarded', commands => '{select,insert,delete}');
CALL kernel.let_archive('record_links');
CALL kernel.protect_table('saved_views', 'personal', person_column => 'owner_user_id', write_roles => '{owner,admin,manager,member,field,viewer}');

-- As before, and: a limit that is near is told once of each level, also to whoever brought it there.
DROP FUNCTION kernel.notify(jsonb, timestamptz);
CREATE FUNCTION kernel.notify(items jsonb, at timestamptz) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  told uuid[];
BEGIN
  WITH asked AS (
    SELECT * FROM jsonb_to_recordset(items) AS x(id uuid, user_id uuid, kind text, title text, body text, link text, entity_kind text, entity_id uuid, container_id uuid, min_role text)
  ), people AS (
    SELECT m.user_id, m.role FROM public.memberships m WHERE m.tenant_id = kernel.tenant_id() AND m.status = 'active'
       AND (m.admitted_by_rule_id IS NULL OR EXISTS (SELECT FROM public.access_rules r WHERE r.tenant_id = m.tenant_id AND r.id = m.admitted_by_rule_id AND r.is_active))
  ), visible AS (
    SELECT c.container_id, l.user_id FROM (SELECT DISTINCT a.container_id FROM asked a WHERE a.container_id IN (SELECT kernel.containers_for('view'))) c, LATERAL kernel.levels_of(c.container_id) l WHERE l.level > 0
  ), put AS (
    INSERT INTO public.notifications (tenant_id, id, owner_user_id, kind, title, body, link, entity_kind, entity_id, container_id, min_role, in_app, created_at)
    SELECT kernel.tenant_id(), a.id, a.user_id, a.kind, a.title, coalesce(a.body, ''), a.link, a.entity_kind, a.entity_id, a.container_id, a.min_role, kernel.wants_notice(a.user_id, a.kind, 'app'), at
      FROM asked a JOIN people p ON p.user_id = a.user_id
     WHERE (a.user_id <> kernel.user_id() OR a.kind IN ('job_finished', 'limit_near')) AND EXISTS (SELECT FROM people me WHERE me.user_id = kernel.user_id())
       AND (a.container_id IS NULL OR EXISTS (SELECT FROM visible v WHERE v.container_id = a.container_id AND v.user_id = a.user_id))
       AND (a.kind <> 'limit_near' OR NOT EXISTS (SELECT FROM public.notifications n WHERE n.tenant_id = kernel.tenant_id() AND n.owner_user_id = a.user_id AND n.kind = a.kind AND n.entity_kind = a.entity_kind))
       AND (a.min_role IS NULL OR p.role IN ('owner', 'admin', 'manager'))
       AND (kernel.wants_notice(a.user_id, a.kind, 'app') OR kernel.wants_notice(a.user_id, a.kind, 'email'))
    RETURNING owner_user_id
  )
  SELECT array_agg(DISTINCT owner_user_id) INTO told FROM put;
  PERFORM pg_notify('bulkhead_live', kernel.tenant_id() || ' ' || person) FROM unnest(told) person;
  RETURN QUERY SELECT unnest(told);
END $$;

CALL kernel.give_function('kernel.notify(jsonb, timestamptz)', 'app_kernel', '{app_tenant}');

-- As before, and: links of a task that goes, those to tasks hidden from whoever takes the import back too.
CREATE POLICY tenant_for_kernel ON record_links FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, from_id, to_id), DELETE ON record_links TO app_kernel;
DROP FUNCTION kernel.unmake_tasks(uuid, uuid[]);
CREATE FUNCTION kernel.unmake_tasks(batch uuid, tasks uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin', 'manager', 'member');
  RETURN QUERY
  WITH free AS (
    SELECT t.id FROM public.tasks t
     WHERE t.tenant_id = kernel.tenant_id() AND t.id = ANY (tasks) AND t.project_id IN (SELECT kernel.containers_for('edit'))
       -- Rows of a batch are its requester's to write: whatever they name, it is a task of their own that goes.
       AND t.created_by = (SELECT b.requested_by FROM public.import_batches b WHERE b.tenant_id = t.tenant_id AND b.id = batch AND b.status = 'undoing')
       AND EXISTS (SELECT FROM public.import_rows r WHERE r.tenant_id = t.tenant_id AND r.import_batch_id = batch AND r.outcome = 'created' AND r.target_kind = 'task' AND r.target_id = t.id AND r.target_version = t.version)
  ), labels AS (
    -- What colleagues have marked for themselves as well: nobody else sees it, and their foreign key would refuse.
    DELETE FROM public.record_labels l USING free f WHERE l.tenant_id = kernel.tenant_id() AND l.entity_kind = 'task' AND l.entity_id = f.id
  ), links AS (
    DELETE FROM public.record_links l USING free f WHERE l.tenant_id = kernel.tenant_id() AND (l.from_id = f.id OR l.to_id = f.id)
  )
  DELETE FROM public.tasks t USING free f WHERE t.tenant_id = kernel.tenant_id() AND t.id = f.id RETURNING t.id;
END $$;
CALL kernel.give_function('kernel.unmake_tasks(uuid, uuid[])', 'app_kernel', '{app_tenant}');

-- Offboarding counts what somebody shows to everybody, and takes their views away with their seat.
CREATE POLICY tenant_for_kernel ON saved_views FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, owner_user_id, is_shared) ON saved_views TO app_kernel;
CREATE POLICY directory_of_removed ON saved_views FOR ALL TO app_directory USING (EXISTS (SELECT FROM memberships m WHERE m.tenant_id = saved_views.tenant_id AND m.user_id = saved_views.owner_user_id AND m.status = 'removed'));
GRANT SELECT (tenant_id, owner_user_id), DELETE ON saved_views TO app_directory;
