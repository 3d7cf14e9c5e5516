-- CreateTable
CREATE TABLE "attachments" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "entity_kind" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "storage_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'file',
    "taken_at" TIMESTAMPTZ(3),
    "lat_e6" INTEGER,
    "lon_e6" INTEGER,
    "missing_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "container_id" UUID,
    "owner_user_id" UUID,
    "min_role" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "task_id" UUID GENERATED ALWAYS AS (CASE WHEN entity_kind = 'task' THEN entity_id END) STORED,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "attachments_tenant_id_entity_kind_entity_id_id_idx" ON "attachments"("tenant_id", "entity_kind", "entity_id", "id");

-- CreateIndex
CREATE INDEX "attachments_tenant_id_container_id_task_id_idx" ON "attachments"("tenant_id", "container_id", "task_id");

-- CreateIndex
CREATE INDEX "attachments_tenant_id_owner_user_id_idx" ON "attachments"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_tenant_id_storage_key_key" ON "attachments"("tenant_id", "storage_key");

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_container_id_task_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "containers"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- The key begins with the organization: no row can name a file of another one.
ALTER TABLE attachments
  ADD CHECK (min_role = 'manager'), ADD CHECK (entity_kind = 'task' AND container_id IS NOT NULL),
  ADD CHECK (storage_key ~ ('^' || tenant_id::text || '/[0-9a-f]{32}$')),
  ADD CHECK (kind IN ('file', 'photo_before', 'photo_after', 'photo')),
  ADD CHECK (char_length(file_name) BETWEEN 1 AND 200 AND file_name !~ '[[:cntrl:]/\\]'),
  ADD CHECK (size_bytes BETWEEN 1 AND 10485760), ADD CHECK (octet_length(sha256) = 32),
  ADD CHECK (lat_e6 BETWEEN -90000000 AND 90000000), ADD CHECK (lon_e6 BETWEEN -180000000 AND 180000000);

CALL kernel.protect_table('attachments', 'guarded', commands => '{select,insert,update}');

-- ---------------------------------------------------------------------------------------------------------------
-- Housekeeping compares the store with the tables by keys alone, which are random and say nothing.

CREATE POLICY directory ON attachments FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT (tenant_id, id, storage_key, deleted_at, missing_at, created_at) ON attachments TO app_directory;
GRANT UPDATE (missing_at) ON attachments TO app_directory;
GRANT DELETE ON attachments TO app_directory;

-- What was deleted a month ago goes; its bytes go with it, now or as a file without a row.
CREATE FUNCTION kernel.sweep_files(at timestamptz) RETURNS TABLE (storage_key text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ DELETE FROM public.attachments a WHERE a.deleted_at < at - interval '30 days' RETURNING a.storage_key $$;
CALL kernel.give_function('kernel.sweep_files(timestamptz)', 'app_directory', '{app_platform}');

-- Every key that some row names, in the order of the store's own list.
CREATE FUNCTION kernel.file_keys(after text, how_many int) RETURNS TABLE (storage_key text, created_at timestamptz, missing boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT a.storage_key, a.created_at, a.missing_at IS NOT NULL FROM public.attachments a WHERE a.storage_key > after COLLATE "C" ORDER BY a.storage_key COLLATE "C" LIMIT how_many
$$;
CALL kernel.give_function('kernel.file_keys(text, int)', 'app_directory', '{app_platform}');

-- A row whose bytes the store does not have says so to whoever sees it, and no longer once they are back.
CREATE FUNCTION kernel.mark_files(lost_keys text[], known_keys text[], at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE public.attachments a SET missing_at = at WHERE a.storage_key = ANY (lost_keys) AND a.missing_at IS NULL;
  UPDATE public.attachments a SET missing_at = NULL WHERE a.storage_key = ANY (known_keys) AND a.missing_at IS NOT NULL;
END $$;
CALL kernel.give_function('kernel.mark_files(text[], text[], timestamptz)', 'app_directory', '{app_platform}');
