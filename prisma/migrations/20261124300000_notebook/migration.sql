-- The notebook: sections on four levels, their versions, and what is wished one level up.

-- AlterTable
ALTER TABLE "search_documents" ADD COLUMN     "context_id" UUID,
ADD COLUMN     "guard_key" UUID;

-- AlterTable
ALTER TABLE "search_tokens" ADD COLUMN     "guard_key" UUID;

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "inherits_context" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "context_entries" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "container_id" UUID,
    "workstream_id" UUID,
    "task_id" UUID,
    "section" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "inherits" BOOLEAN NOT NULL DEFAULT true,
    "updated_by" UUID,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "container_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE(container_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,

    CONSTRAINT "context_entries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "context_versions" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "container_id" UUID,
    "version" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "inherits" BOOLEAN NOT NULL DEFAULT true,
    "origin" TEXT NOT NULL DEFAULT 'edited',
    "author_user_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "container_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE(container_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,

    CONSTRAINT "context_versions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "context_delegations" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "from_level" TEXT NOT NULL,
    "from_workstream_id" UUID,
    "from_task_id" UUID,
    "to_level" TEXT NOT NULL,
    "to_workstream_id" UUID,
    "section" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "trigger" TEXT NOT NULL DEFAULT 'manual',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,
    "to_entry_id" UUID,
    "to_version" INTEGER,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "context_delegations_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "context_entries_tenant_id_container_id_workstream_id_idx" ON "context_entries"("tenant_id", "container_id", "workstream_id");

-- CreateIndex
CREATE INDEX "context_entries_tenant_id_updated_at_id_idx" ON "context_entries"("tenant_id", "updated_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "context_entries_tenant_id_container_key_id_key" ON "context_entries"("tenant_id", "container_key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "context_entries_place_key" ON "context_entries"("tenant_id", "container_id", "task_id", "workstream_id", "section") NULLS NOT DISTINCT;

-- CreateIndex
CREATE INDEX "context_versions_tenant_id_author_user_id_idx" ON "context_versions"("tenant_id", "author_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "context_versions_tenant_id_container_key_entry_id_version_key" ON "context_versions"("tenant_id", "container_key", "entry_id", "version");

-- CreateIndex
CREATE INDEX "context_delegations_tenant_id_status_id_idx" ON "context_delegations"("tenant_id", "status", "id");

-- CreateIndex
CREATE INDEX "context_delegations_tenant_id_project_id_status_idx" ON "context_delegations"("tenant_id", "project_id", "status");

-- CreateIndex
CREATE INDEX "context_delegations_tenant_id_project_id_from_task_id_idx" ON "context_delegations"("tenant_id", "project_id", "from_task_id");

-- CreateIndex
CREATE INDEX "context_delegations_tenant_id_project_id_from_workstream_id_idx" ON "context_delegations"("tenant_id", "project_id", "from_workstream_id");

-- CreateIndex
CREATE INDEX "context_delegations_tenant_id_project_id_to_workstream_id_idx" ON "context_delegations"("tenant_id", "project_id", "to_workstream_id");

-- CreateIndex
CREATE UNIQUE INDEX "search_documents_tenant_id_guard_key_id_key" ON "search_documents"("tenant_id", "guard_key", "id");

-- CreateIndex
CREATE INDEX "search_tokens_tenant_id_guard_key_document_id_idx" ON "search_tokens"("tenant_id", "guard_key", "document_id");

-- CreateIndex
CREATE INDEX "search_documents_tenant_id_guard_key_context_id_idx" ON "search_documents"("tenant_id", "guard_key", "context_id");

-- AddForeignKey
ALTER TABLE "context_entries" ADD CONSTRAINT "context_entries_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_entries" ADD CONSTRAINT "context_entries_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_entries" ADD CONSTRAINT "context_entries_tenant_id_container_id_workstream_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "workstream_id") REFERENCES "workstreams"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_entries" ADD CONSTRAINT "context_entries_tenant_id_container_id_task_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_versions" ADD CONSTRAINT "context_versions_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_versions" ADD CONSTRAINT "context_versions_tenant_id_container_key_entry_id_fkey" FOREIGN KEY ("tenant_id", "container_key", "entry_id") REFERENCES "context_entries"("tenant_id", "container_key", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_versions" ADD CONSTRAINT "context_versions_tenant_id_author_user_id_fkey" FOREIGN KEY ("tenant_id", "author_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_delegations" ADD CONSTRAINT "context_delegations_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_delegations" ADD CONSTRAINT "context_delegations_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_delegations" ADD CONSTRAINT "context_delegations_tenant_id_project_id_from_task_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "from_task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_delegations" ADD CONSTRAINT "context_delegations_tenant_id_project_id_from_workstream_i_fkey" FOREIGN KEY ("tenant_id", "project_id", "from_workstream_id") REFERENCES "workstreams"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "context_delegations" ADD CONSTRAINT "context_delegations_tenant_id_project_id_to_workstream_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "to_workstream_id") REFERENCES "workstreams"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_tokens" ADD CONSTRAINT "search_tokens_tenant_id_guard_key_document_id_fkey" FOREIGN KEY ("tenant_id", "guard_key", "document_id") REFERENCES "search_documents"("tenant_id", "guard_key", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_guard_key_context_id_fkey" FOREIGN KEY ("tenant_id", "guard_key", "context_id") REFERENCES "context_entries"("tenant_id", "container_key", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Words of a section stand under the guard of the section, also where it is the organization's: hence the key without null.
ALTER TABLE search_documents DROP CONSTRAINT search_documents_check,
  ADD CONSTRAINT search_documents_check CHECK (entity_kind IN ('task', 'workstream', 'goal', 'context') OR entity_kind = 'project' AND entity_id = container_id),
  ADD CONSTRAINT search_documents_guard_check CHECK (guard_key IS NOT DISTINCT FROM CASE WHEN entity_kind = 'context' THEN COALESCE(container_id, '00000000-0000-0000-0000-000000000000'::uuid) END),
  ADD CHECK (context_id IS NOT DISTINCT FROM CASE WHEN entity_kind = 'context' THEN entity_id END);

-- What belongs to the whole organization has no container, and words of it only beside a document that has none either.
ALTER TABLE search_documents DROP CONSTRAINT search_documents_container_id_check, ADD CONSTRAINT search_documents_container_id_check CHECK (container_id IS NOT NULL OR entity_kind = 'context');
ALTER TABLE search_tokens DROP CONSTRAINT search_tokens_container_id_check, ADD CONSTRAINT search_tokens_container_id_check CHECK ((container_id IS NULL) = (guard_key IS NOT NULL));

ALTER TABLE context_entries
  ADD CHECK (CASE level WHEN 'organization' THEN container_id IS NULL AND workstream_id IS NULL AND task_id IS NULL
    WHEN 'project' THEN container_id IS NOT NULL AND workstream_id IS NULL AND task_id IS NULL
    WHEN 'workstream' THEN container_id IS NOT NULL AND workstream_id IS NOT NULL AND task_id IS NULL
    WHEN 'task' THEN container_id IS NOT NULL AND workstream_id IS NULL AND task_id IS NOT NULL ELSE false END),
  ADD CHECK (section ~ '^[^/[:cntrl:]]{1,60}$'), ADD CHECK (jsonb_typeof(data) = 'object' AND octet_length(data::text) <= 131072);
ALTER TABLE context_versions ADD CHECK (version > 0), ADD CHECK (origin IN ('edited', 'restored', 'delegated')), ADD CHECK (jsonb_typeof(data) = 'object' AND octet_length(data::text) <= 131072);
-- Upwards only, from what it names to what it names; decided as a whole or not at all.
ALTER TABLE context_delegations
  ADD CHECK ((from_level = 'task' AND to_level IN ('workstream', 'project')) OR (from_level = 'workstream' AND to_level = 'project') OR (from_level = 'project' AND to_level = 'organization')),
  ADD CHECK ((from_task_id IS NOT NULL) = (from_level = 'task') AND (from_workstream_id IS NOT NULL) = (from_level = 'workstream') AND (to_workstream_id IS NOT NULL) = (to_level = 'workstream')),
  ADD CHECK (section ~ '^[^/[:cntrl:]]{1,60}$'), ADD CHECK (jsonb_typeof(data) = 'object' AND octet_length(data::text) <= 131072), ADD CHECK (char_length(reason) BETWEEN 1 AND 1000), ADD CHECK (char_length(decision_note) BETWEEN 1 AND 1000),
  ADD CHECK (trigger IN ('manual', 'pattern', 'threshold')), ADD CHECK (status IN ('pending', 'approved', 'rejected')),
  ADD CHECK ((status = 'pending') = (decided_at IS NULL) AND (status = 'approved') = (to_version IS NOT NULL) AND (status <> 'rejected' OR decision_note IS NOT NULL));

CALL kernel.protect_table('context_entries', 'guarded', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,update}');
CALL kernel.protect_table('context_versions', 'guarded', person_column => 'author_user_id', write_roles => '{owner,admin,manager,member}', commands => '{select,insert}');
CALL kernel.protect_table('context_delegations', 'container', container_column => 'project_id', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,update}');
CALL kernel.let_archive('context_entries');
CALL kernel.let_archive('context_versions');
CALL kernel.let_archive('context_delegations');
