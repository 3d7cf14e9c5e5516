-- CreateTable
CREATE TABLE "import_batches" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'table',
    "target" TEXT NOT NULL,
    "requested_by" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_sha256" BYTEA NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "storage_key" TEXT NOT NULL,
    "source_format" TEXT NOT NULL,
    "encoding" TEXT,
    "preview" JSONB NOT NULL DEFAULT '{}',
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "options" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'uploaded',
    "counts" JSONB NOT NULL DEFAULT '{}',
    "checked_hash" BYTEA,
    "checked_at" TIMESTAMPTZ(3),
    "applied_at" TIMESTAMPTZ(3),
    "applied_by" UUID,
    "undone_at" TIMESTAMPTZ(3),
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_batches_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_rows" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "import_batch_id" UUID NOT NULL,
    "source_table" TEXT NOT NULL DEFAULT '',
    "line" INTEGER NOT NULL,
    "source_id" TEXT,
    "label" TEXT NOT NULL DEFAULT '',
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "message" TEXT,
    "column" TEXT,
    "raw" JSONB,
    "target_kind" TEXT,
    "target_id" UUID,
    "target_version" INTEGER,
    "undo_outcome" TEXT,
    "undo_reason" TEXT,
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,

    CONSTRAINT "import_rows_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_id_map" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "import_batch_id" UUID NOT NULL,
    "source_table" TEXT NOT NULL DEFAULT '',
    "source_id" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" UUID NOT NULL,
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,

    CONSTRAINT "import_id_map_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "import_mappings" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "owner_user_id" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_lc" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_mappings_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "import_batches_tenant_id_status_id_idx" ON "import_batches"("tenant_id", "status", "id");

-- CreateIndex
CREATE INDEX "import_batches_tenant_id_requested_by_id_idx" ON "import_batches"("tenant_id", "requested_by", "id");

-- CreateIndex
CREATE INDEX "import_batches_tenant_id_file_sha256_target_idx" ON "import_batches"("tenant_id", "file_sha256", "target");

-- CreateIndex
CREATE INDEX "import_batches_tenant_id_container_id_idx" ON "import_batches"("tenant_id", "container_id");

-- CreateIndex
CREATE INDEX "import_batches_tenant_id_owner_user_id_idx" ON "import_batches"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_batches_tenant_id_storage_key_key" ON "import_batches"("tenant_id", "storage_key");

-- CreateIndex
CREATE INDEX "import_rows_tenant_id_import_batch_id_outcome_line_idx" ON "import_rows"("tenant_id", "import_batch_id", "outcome", "line");

-- CreateIndex
CREATE INDEX "import_rows_tenant_id_target_kind_target_id_idx" ON "import_rows"("tenant_id", "target_kind", "target_id");

-- CreateIndex
CREATE INDEX "import_rows_tenant_id_container_id_idx" ON "import_rows"("tenant_id", "container_id");

-- CreateIndex
CREATE INDEX "import_rows_tenant_id_owner_user_id_idx" ON "import_rows"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_rows_tenant_id_import_batch_id_source_table_line_key" ON "import_rows"("tenant_id", "import_batch_id", "source_table", "line");

-- CreateIndex
CREATE INDEX "import_id_map_tenant_id_container_id_idx" ON "import_id_map"("tenant_id", "container_id");

-- CreateIndex
CREATE INDEX "import_id_map_tenant_id_owner_user_id_idx" ON "import_id_map"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_id_map_tenant_id_import_batch_id_source_table_source_key" ON "import_id_map"("tenant_id", "import_batch_id", "source_table", "source_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_mappings_tenant_id_owner_user_id_target_name_lc_key" ON "import_mappings"("tenant_id", "owner_user_id", "target", "name_lc");

-- AddForeignKey
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_tenant_id_requested_by_fkey" FOREIGN KEY ("tenant_id", "requested_by") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_tenant_id_import_batch_id_fkey" FOREIGN KEY ("tenant_id", "import_batch_id") REFERENCES "import_batches"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_id_map" ADD CONSTRAINT "import_id_map_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_id_map" ADD CONSTRAINT "import_id_map_tenant_id_import_batch_id_fkey" FOREIGN KEY ("tenant_id", "import_batch_id") REFERENCES "import_batches"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_id_map" ADD CONSTRAINT "import_id_map_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_id_map" ADD CONSTRAINT "import_id_map_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE import_batches
  ADD CHECK (min_role = 'manager'), ADD CHECK (num_nonnulls(container_id, owner_user_id, min_role) > 0),
  ADD CHECK (kind IN ('table')), ADD CHECK (target ~ '^[a-z_]{1,40}$'),
  ADD CHECK (storage_key ~ ('^' || tenant_id::text || '/[0-9a-f]{32}$')), ADD CHECK (octet_length(file_sha256) = 32), ADD CHECK (char_length(file_name) BETWEEN 1 AND 200),
  ADD CHECK (source_format IN ('csv', 'tsv', 'xlsx', 'json', 'jsonl')),
  ADD CHECK (status IN ('uploaded', 'checking', 'checked', 'applying', 'applied', 'failed', 'undoing', 'undone', 'partly_undone'));
ALTER TABLE import_rows
  ADD CHECK (min_role = 'manager'), ADD CHECK (line > 0), ADD CHECK (char_length(label) <= 200),
  ADD CHECK (outcome IN ('created', 'updated', 'skipped', 'failed')), ADD CHECK ((outcome IN ('created', 'updated')) = (target_id IS NOT NULL)),
  ADD CHECK (undo_outcome IN ('reversed', 'kept_edited', 'kept_in_use', 'failed'));
ALTER TABLE import_id_map ADD CHECK (min_role = 'manager'), ADD CHECK (char_length(source_id) BETWEEN 1 AND 200);
ALTER TABLE import_mappings ADD CHECK (char_length(name) BETWEEN 1 AND 200);

-- Into a project: whoever sees it. Else the requester's own, or the managers' when one of them brought it.
CALL kernel.protect_table('import_batches', 'guarded', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,update}');
CALL kernel.protect_table('import_rows', 'guarded', write_roles => '{owner,admin,manager,member}');
CALL kernel.protect_table('import_id_map', 'guarded', write_roles => '{owner,admin,manager,member}');
CALL kernel.protect_table('import_mappings', 'personal', person_column => 'owner_user_id');

-- ---------------------------------------------------------------------------------------------------------------
-- Tasks are never deleted by people, only put into the trash. Undoing an import takes away what it made, and that alone: a task
-- that a row of the batch names, that nobody has changed since, in a project that I may edit.

-- Read by offboarding already; here it also goes.
DROP POLICY tenant_for_kernel ON tasks;
CREATE POLICY tenant_for_kernel ON tasks FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT DELETE ON tasks TO app_kernel;
CREATE POLICY tenant_for_kernel ON import_rows FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_for_kernel ON import_batches FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, id, requested_by, status) ON import_batches TO app_kernel;
GRANT SELECT (tenant_id, import_batch_id, outcome, target_kind, target_id, target_version) ON import_rows TO app_kernel;

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
  )
  DELETE FROM public.tasks t USING free f WHERE t.tenant_id = kernel.tenant_id() AND t.id = f.id RETURNING t.id;
END $$;
CALL kernel.give_function('kernel.unmake_tasks(uuid, uuid[])', 'app_kernel', '{app_tenant}');

-- Labels that nothing carries, nothing hidden from me either: shared ones, and my own.
CREATE POLICY tenant_for_kernel ON labels FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, id, owner_user_id, version), DELETE ON labels TO app_kernel;
CREATE FUNCTION kernel.unmake_labels(labels uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin', 'manager', 'member');
  RETURN QUERY DELETE FROM public.labels l
   WHERE l.tenant_id = kernel.tenant_id() AND l.id = ANY (labels) AND l.version = 1 AND (l.owner_user_id IS NULL OR l.owner_user_id = kernel.user_id())
     AND NOT EXISTS (SELECT FROM public.record_labels r WHERE r.tenant_id = l.tenant_id AND r.label_id = l.id)
  RETURNING l.id;
END $$;
CALL kernel.give_function('kernel.unmake_labels(uuid[])', 'app_kernel', '{app_tenant}');

-- Whether the job that a batch waits for will come to no end any more: whoever may take the batch back cannot read another's job.
CREATE POLICY tenant_for_kernel ON jobs FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, id, status) ON jobs TO app_kernel;
GRANT SELECT (options) ON import_batches TO app_kernel;
CREATE FUNCTION kernel.import_job_is_over(batch uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  PERFORM kernel.require_role('owner', 'admin', 'manager', 'member');
  RETURN NOT EXISTS (SELECT FROM public.import_batches b JOIN public.jobs j ON j.tenant_id = b.tenant_id AND j.id::text = b.options ->> 'job'
    WHERE b.tenant_id = kernel.tenant_id() AND b.id = batch AND j.status IN ('queued', 'running'));
END $$;
CALL kernel.give_function('kernel.import_job_is_over(uuid)', 'app_kernel', '{app_tenant}');

-- The files of imports are files like the others; they go ninety days after the batch was last touched.
CREATE POLICY directory ON import_batches FOR SELECT TO app_directory USING (true);
GRANT SELECT (tenant_id, id, storage_key, created_at, updated_at) ON import_batches TO app_directory;
DROP FUNCTION kernel.file_keys(text, int);
CREATE FUNCTION kernel.file_keys(after text, how_many int) RETURNS TABLE (storage_key text, created_at timestamptz, missing boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT k.storage_key, k.created_at, k.missing FROM (
    SELECT a.storage_key, a.created_at, a.missing_at IS NOT NULL AS missing FROM public.attachments a
    -- Nobody marks these: an export or an import that has lost its file is asked for, or sent, again.
    UNION ALL SELECT e.storage_key, e.created_at, NULL FROM public.exports e
    UNION ALL SELECT b.storage_key, b.created_at, NULL FROM public.import_batches b WHERE b.updated_at > now() - interval '90 days'
  ) k WHERE k.storage_key > after COLLATE "C" ORDER BY k.storage_key COLLATE "C" LIMIT how_many
$$;
CALL kernel.give_function('kernel.file_keys(text, int)', 'app_directory', '{app_platform}');
