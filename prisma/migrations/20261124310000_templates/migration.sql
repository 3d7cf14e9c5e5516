-- Templates of tasks.

-- CreateTable
CREATE TABLE "task_templates" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "container_id" UUID,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_lc" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "usage_count" INTEGER NOT NULL DEFAULT 0,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "container_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE(container_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,

    CONSTRAINT "task_templates_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "task_templates_tenant_id_container_id_idx" ON "task_templates"("tenant_id", "container_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_templates_tenant_id_container_key_kind_name_lc_key" ON "task_templates"("tenant_id", "container_key", "kind", "name_lc");

-- AddForeignKey
ALTER TABLE "task_templates" ADD CONSTRAINT "task_templates_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_templates" ADD CONSTRAINT "task_templates_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE task_templates ADD CHECK (kind IN ('task', 'checklist', 'workflow')), ADD CHECK (char_length(name) BETWEEN 1 AND 120), ADD CHECK (usage_count >= 0),
  ADD CHECK (coalesce(jsonb_typeof(content -> 'tasks'), '') = 'array' AND octet_length(content::text) <= 262144);

-- Those without a project are everybody's, but not for a key of one project: what stands in them may come of another.
CALL kernel.protect_table('task_templates', 'guarded', write_roles => '{owner,admin,manager,member}');
CALL kernel.let_archive('task_templates');
