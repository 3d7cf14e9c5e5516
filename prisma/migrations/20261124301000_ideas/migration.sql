-- Ideas, the answers that refine them, and the tasks that come of them.

-- AlterTable
ALTER TABLE "search_documents" ADD COLUMN     "idea_id" UUID;

-- CreateTable
CREATE TABLE "ideas" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "container_id" UUID,
    "owner_user_id" UUID,
    "author_user_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "refined_body" TEXT,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "score_pm" INTEGER,
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "engine" TEXT NOT NULL DEFAULT 'rules',
    "converted_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "container_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE(container_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,

    CONSTRAINT "ideas_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "idea_answers" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "idea_id" UUID NOT NULL,
    "container_id" UUID,
    "question" SMALLINT NOT NULL,
    "body" TEXT NOT NULL,
    "author_user_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "container_key" UUID NOT NULL GENERATED ALWAYS AS (COALESCE(container_id, '00000000-0000-0000-0000-000000000000'::uuid)) STORED,

    CONSTRAINT "idea_answers_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "idea_tasks" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "idea_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idea_tasks_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "ideas_tenant_id_status_id_idx" ON "ideas"("tenant_id", "status", "id");

-- CreateIndex
CREATE INDEX "ideas_tenant_id_container_id_status_idx" ON "ideas"("tenant_id", "container_id", "status");

-- CreateIndex
CREATE INDEX "ideas_tenant_id_author_user_id_idx" ON "ideas"("tenant_id", "author_user_id");

-- CreateIndex
CREATE INDEX "ideas_tenant_id_owner_user_id_idx" ON "ideas"("tenant_id", "owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "ideas_tenant_id_container_key_id_key" ON "ideas"("tenant_id", "container_key", "id");

-- CreateIndex
CREATE INDEX "idea_answers_tenant_id_container_key_idea_id_id_idx" ON "idea_answers"("tenant_id", "container_key", "idea_id", "id");

-- CreateIndex
CREATE INDEX "idea_answers_tenant_id_author_user_id_idx" ON "idea_answers"("tenant_id", "author_user_id");

-- CreateIndex
CREATE INDEX "idea_tasks_tenant_id_idea_id_idx" ON "idea_tasks"("tenant_id", "idea_id");

-- CreateIndex
CREATE INDEX "idea_tasks_tenant_id_project_id_task_id_idx" ON "idea_tasks"("tenant_id", "project_id", "task_id");

-- CreateIndex
CREATE UNIQUE INDEX "idea_tasks_tenant_id_project_id_idea_id_task_id_key" ON "idea_tasks"("tenant_id", "project_id", "idea_id", "task_id");

-- CreateIndex
CREATE INDEX "search_documents_tenant_id_guard_key_idea_id_idx" ON "search_documents"("tenant_id", "guard_key", "idea_id");

-- AddForeignKey
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_tenant_id_container_id_fkey" FOREIGN KEY ("tenant_id", "container_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_tenant_id_author_user_id_fkey" FOREIGN KEY ("tenant_id", "author_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ideas" ADD CONSTRAINT "ideas_tenant_id_owner_user_id_fkey" FOREIGN KEY ("tenant_id", "owner_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idea_answers" ADD CONSTRAINT "idea_answers_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idea_answers" ADD CONSTRAINT "idea_answers_tenant_id_container_key_idea_id_fkey" FOREIGN KEY ("tenant_id", "container_key", "idea_id") REFERENCES "ideas"("tenant_id", "container_key", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idea_answers" ADD CONSTRAINT "idea_answers_tenant_id_author_user_id_fkey" FOREIGN KEY ("tenant_id", "author_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idea_tasks" ADD CONSTRAINT "idea_tasks_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idea_tasks" ADD CONSTRAINT "idea_tasks_tenant_id_idea_id_fkey" FOREIGN KEY ("tenant_id", "idea_id") REFERENCES "ideas"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idea_tasks" ADD CONSTRAINT "idea_tasks_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idea_tasks" ADD CONSTRAINT "idea_tasks_tenant_id_project_id_task_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_guard_key_idea_id_fkey" FOREIGN KEY ("tenant_id", "guard_key", "idea_id") REFERENCES "ideas"("tenant_id", "container_key", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE search_documents DROP CONSTRAINT search_documents_check, DROP CONSTRAINT search_documents_guard_check, DROP CONSTRAINT search_documents_container_id_check,
  ADD CONSTRAINT search_documents_check CHECK (entity_kind IN ('task', 'workstream', 'goal', 'context', 'idea') OR entity_kind = 'project' AND entity_id = container_id),
  ADD CONSTRAINT search_documents_guard_check CHECK (guard_key IS NOT DISTINCT FROM CASE WHEN entity_kind IN ('context', 'idea') THEN COALESCE(container_id, '00000000-0000-0000-0000-000000000000'::uuid) END),
  ADD CONSTRAINT search_documents_container_id_check CHECK (container_id IS NOT NULL OR entity_kind IN ('context', 'idea')),
  ADD CHECK (idea_id IS NOT DISTINCT FROM CASE WHEN entity_kind = 'idea' THEN entity_id END);

-- A draft is nobody else's to read; one that was put away as a draft stays so.
ALTER TABLE ideas ADD CHECK (char_length(title) BETWEEN 1 AND 200), ADD CHECK (char_length(body) <= 8000), ADD CHECK (char_length(refined_body) <= 8000),
  ADD CHECK (status IN ('draft', 'refining', 'validated', 'rejected', 'converted', 'archived')), ADD CHECK (engine IN ('rules', 'provider')), ADD CHECK (score_pm BETWEEN 0 AND 1000), ADD CHECK (jsonb_typeof(reasons) = 'array'),
  ADD CHECK (CASE status WHEN 'draft' THEN owner_user_id IS NOT NULL WHEN 'archived' THEN true ELSE owner_user_id IS NULL END), ADD CHECK (owner_user_id = author_user_id),
  ADD CHECK ((status = 'converted') = (converted_at IS NOT NULL));
ALTER TABLE idea_answers ADD CHECK (question BETWEEN 1 AND 4), ADD CHECK (char_length(body) BETWEEN 1 AND 4000);

-- Whoever sees a project may have an idea for it.
CALL kernel.protect_table('ideas', 'guarded', write_level => 'view', commands => '{select,insert,update}');
CALL kernel.protect_table('idea_answers', 'guarded', person_column => 'author_user_id', write_level => 'view', commands => '{select,insert}');
CALL kernel.protect_table('idea_tasks', 'container', container_column => 'project_id', write_roles => '{owner,admin,manager,member}', commands => '{select,insert}');
CALL kernel.let_archive('ideas');
CALL kernel.let_archive('idea_answers');
CALL kernel.let_archive('idea_tasks');
