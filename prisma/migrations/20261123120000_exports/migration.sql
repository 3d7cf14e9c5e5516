-- CreateTable
CREATE TABLE "exports" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "requested_by" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "filters" JSONB NOT NULL DEFAULT '{}',
    "row_count" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "storage_key" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exports_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "exports_tenant_id_requested_by_id_idx" ON "exports"("tenant_id", "requested_by", "id");

-- CreateIndex
CREATE INDEX "exports_tenant_id_expires_at_idx" ON "exports"("tenant_id", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "exports_tenant_id_storage_key_key" ON "exports"("tenant_id", "storage_key");

-- AddForeignKey
ALTER TABLE "exports" ADD CONSTRAINT "exports_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "exports" ADD CONSTRAINT "exports_tenant_id_requested_by_fkey" FOREIGN KEY ("tenant_id", "requested_by") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE exports
  ADD CHECK (storage_key ~ ('^' || tenant_id::text || '/[0-9a-f]{32}$')),
  ADD CHECK (list ~ '^[a-z_]{1,40}$'), ADD CHECK (format IN ('csv', 'xlsx', 'json')),
  ADD CHECK (row_count >= 0), ADD CHECK (size_bytes > 0), ADD CHECK (char_length(file_name) BETWEEN 1 AND 200);

CALL kernel.protect_table('exports', 'personal', person_column => 'requested_by', write_roles => '{owner,admin,manager,member,field,viewer}', commands => '{select,insert}');

CREATE POLICY directory ON exports FOR ALL TO app_directory USING (true) WITH CHECK (true);
GRANT SELECT (tenant_id, id, storage_key, expires_at, created_at) ON exports TO app_directory;
GRANT DELETE ON exports TO app_directory;

-- What was deleted a month ago and what has expired goes; the bytes go with it, now or as a file without a row.
DROP FUNCTION kernel.sweep_files(timestamptz);
CREATE FUNCTION kernel.sweep_files(at timestamptz) RETURNS TABLE (storage_key text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH removed AS (DELETE FROM public.attachments a WHERE a.deleted_at < at - interval '30 days' RETURNING a.storage_key),
    expired AS (DELETE FROM public.exports e WHERE e.expires_at < at RETURNING e.storage_key)
  SELECT r.storage_key FROM removed r UNION ALL SELECT e.storage_key FROM expired e
$$;
CALL kernel.give_function('kernel.sweep_files(timestamptz)', 'app_directory', '{app_platform}');
DROP FUNCTION kernel.file_keys(text, int);
CREATE FUNCTION kernel.file_keys(after text, how_many int) RETURNS TABLE (storage_key text, created_at timestamptz, missing boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT k.storage_key, k.created_at, k.missing FROM (
    SELECT a.storage_key, a.created_at, a.missing_at IS NOT NULL AS missing FROM public.attachments a
    -- Nobody marks these: an export that has lost its file is asked for again.
    UNION ALL SELECT e.storage_key, e.created_at, NULL FROM public.exports e
  ) k WHERE k.storage_key > after COLLATE "C" ORDER BY k.storage_key COLLATE "C" LIMIT how_many
$$;
CALL kernel.give_function('kernel.file_keys(text, int)', 'app_directory', '{app_platform}');
