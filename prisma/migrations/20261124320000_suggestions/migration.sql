-- Goals and tasks that the description of a project suggests.

-- CreateTable
CREATE TABLE "suggestions" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title_lc" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "engine" TEXT NOT NULL DEFAULT 'rules',
    "status" TEXT NOT NULL DEFAULT 'pending',
    "rating" SMALLINT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suggestions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "suggestions_tenant_id_project_id_status_idx" ON "suggestions"("tenant_id", "project_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "suggestions_tenant_id_project_id_kind_title_lc_key" ON "suggestions"("tenant_id", "project_id", "kind", "title_lc");

-- AddForeignKey
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "suggestions" ADD CONSTRAINT "suggestions_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE suggestions ADD CHECK (kind IN ('goal', 'task')), ADD CHECK (engine IN ('rules', 'provider')), ADD CHECK (rating BETWEEN 1 AND 5),
  ADD CHECK (coalesce(jsonb_typeof(payload -> 'title'), '') = 'string' AND octet_length(payload::text) <= 32768), ADD CHECK (status IN ('pending', 'accepted', 'modified', 'rejected')), ADD CHECK ((status = 'pending') = (decided_at IS NULL));

CALL kernel.protect_table('suggestions', 'container', container_column => 'project_id', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,update}');
CALL kernel.let_archive('suggestions');
