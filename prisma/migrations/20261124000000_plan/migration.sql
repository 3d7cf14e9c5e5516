-- Lines of work and goals above tasks, what a task waits for, and what was reported on the way.

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "goal_id" UUID,
ADD COLUMN     "testing_notes" TEXT,
ADD COLUMN     "workstream_id" UUID;

-- CreateTable
CREATE TABLE "workstreams" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_lc" TEXT NOT NULL,
    "git_branch" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "priority" TEXT NOT NULL DEFAULT 'medium',
    "status" TEXT NOT NULL DEFAULT 'active',
    "position" INTEGER NOT NULL DEFAULT 0,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "workstreams_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "goals" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "target_on" DATE,
    "status" TEXT NOT NULL DEFAULT 'active',
    "progress_mode" TEXT NOT NULL DEFAULT 'derived',
    "progress" INTEGER NOT NULL DEFAULT 0,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "goals_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "task_dependencies" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "depends_on_id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_dependencies_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "task_progress" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "author_user_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "percent" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_progress_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "workstreams_tenant_id_project_id_status_position_idx" ON "workstreams"("tenant_id", "project_id", "status", "position");

-- CreateIndex
CREATE UNIQUE INDEX "workstreams_tenant_id_project_id_id_key" ON "workstreams"("tenant_id", "project_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "workstreams_tenant_id_project_id_name_lc_key" ON "workstreams"("tenant_id", "project_id", "name_lc");

-- CreateIndex
CREATE INDEX "goals_tenant_id_project_id_status_target_on_idx" ON "goals"("tenant_id", "project_id", "status", "target_on");

-- CreateIndex
CREATE UNIQUE INDEX "goals_tenant_id_project_id_id_key" ON "goals"("tenant_id", "project_id", "id");

-- CreateIndex
CREATE INDEX "task_dependencies_tenant_id_project_id_depends_on_id_idx" ON "task_dependencies"("tenant_id", "project_id", "depends_on_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_dependencies_tenant_id_project_id_task_id_depends_on_i_key" ON "task_dependencies"("tenant_id", "project_id", "task_id", "depends_on_id");

-- CreateIndex
CREATE INDEX "task_progress_tenant_id_author_user_id_idx" ON "task_progress"("tenant_id", "author_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_progress_tenant_id_project_id_task_id_seq_key" ON "task_progress"("tenant_id", "project_id", "task_id", "seq");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_project_id_workstream_id_status_idx" ON "tasks"("tenant_id", "project_id", "workstream_id", "status");

-- CreateIndex
CREATE INDEX "tasks_tenant_id_project_id_goal_id_status_idx" ON "tasks"("tenant_id", "project_id", "goal_id", "status");

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_tenant_id_project_id_workstream_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "workstream_id") REFERENCES "workstreams"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_tenant_id_project_id_goal_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "goal_id") REFERENCES "goals"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "workstreams" ADD CONSTRAINT "workstreams_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "workstreams" ADD CONSTRAINT "workstreams_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "goals" ADD CONSTRAINT "goals_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "goals" ADD CONSTRAINT "goals_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_dependencies" ADD CONSTRAINT "task_dependencies_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_dependencies" ADD CONSTRAINT "task_dependencies_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_dependencies" ADD CONSTRAINT "task_dependencies_tenant_id_project_id_task_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_dependencies" ADD CONSTRAINT "task_dependencies_tenant_id_project_id_depends_on_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "depends_on_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_tenant_id_project_id_task_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_tenant_id_author_user_id_fkey" FOREIGN KEY ("tenant_id", "author_user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;


-- AlterTable
ALTER TABLE "search_documents" ADD COLUMN     "goal_id" UUID,
ADD COLUMN     "workstream_id" UUID;

-- CreateIndex
CREATE INDEX "search_documents_tenant_id_container_id_workstream_id_idx" ON "search_documents"("tenant_id", "container_id", "workstream_id");

-- CreateIndex
CREATE INDEX "search_documents_tenant_id_container_id_goal_id_idx" ON "search_documents"("tenant_id", "container_id", "goal_id");

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_container_id_workstream_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "workstream_id") REFERENCES "workstreams"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_tenant_id_container_id_goal_id_fkey" FOREIGN KEY ("tenant_id", "container_id", "goal_id") REFERENCES "goals"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Words of a workstream or a goal stand under the guard of its own project. Plain columns: a generated one would write every row anew.
ALTER TABLE search_documents DROP CONSTRAINT search_documents_check,
  ADD CONSTRAINT search_documents_check CHECK (entity_kind IN ('task', 'workstream', 'goal') OR entity_kind = 'project' AND entity_id = container_id),
  ADD CHECK (workstream_id IS NOT DISTINCT FROM CASE WHEN entity_kind = 'workstream' THEN entity_id END), ADD CHECK (goal_id IS NOT DISTINCT FROM CASE WHEN entity_kind = 'goal' THEN entity_id END);

-- The order in which boards and the next task are read, to its last part.
DROP INDEX "tasks_tenant_id_project_id_status_priority_rank_due_on_id_idx";
CREATE INDEX "tasks_tenant_id_project_id_status_priority_rank_due_on_numb_idx" ON "tasks"("tenant_id", "project_id", "status", "priority_rank", "due_on", "number");
CREATE INDEX "tasks_tenant_id_status_priority_rank_due_on_number_idx" ON "tasks"("tenant_id", "status", "priority_rank", "due_on", "number");

ALTER TABLE workstreams ADD CHECK (char_length(name) BETWEEN 1 AND 120), ADD CHECK (char_length(git_branch) BETWEEN 1 AND 200), ADD CHECK (char_length(description) <= 2000),
  ADD CHECK (status IN ('active', 'paused', 'done', 'archived')), ADD CHECK (priority IN ('critical', 'urgent', 'high', 'medium', 'low'));
ALTER TABLE goals ADD CHECK (char_length(title) BETWEEN 1 AND 200), ADD CHECK (char_length(description) <= 2000), ADD CHECK (status IN ('active', 'completed', 'archived')),
  ADD CHECK (progress_mode IN ('manual', 'derived')), ADD CHECK (progress BETWEEN 0 AND 100);
ALTER TABLE task_dependencies ADD CHECK (task_id <> depends_on_id);
ALTER TABLE task_progress ADD CHECK (seq > 0), ADD CHECK (char_length(body) BETWEEN 1 AND 4000), ADD CHECK (percent BETWEEN 0 AND 100);
ALTER TABLE tasks ADD CHECK (char_length(testing_notes) BETWEEN 1 AND 4000);

CALL kernel.protect_table('workstreams', 'container', container_column => 'project_id', write_roles => '{owner,admin,manager,member}');
CALL kernel.protect_table('goals', 'container', container_column => 'project_id', write_roles => '{owner,admin,manager}');
CALL kernel.protect_table('task_dependencies', 'container', container_column => 'project_id', write_roles => '{owner,admin,manager,member}', commands => '{select,insert,delete}');
CALL kernel.protect_table('task_progress', 'container', container_column => 'project_id', person_column => 'author_user_id', commands => '{select,insert}');
CALL kernel.let_archive('workstreams');
CALL kernel.let_archive('goals');
CALL kernel.let_archive('task_dependencies');
CALL kernel.let_archive('task_progress');

-- What may follow what, on every path. lib/tasks/rules.ts says the same to people; a test compares all pairs.
CREATE FUNCTION kernel.next_statuses(status text) RETURNS text[]
LANGUAGE sql IMMUTABLE
AS $$
  SELECT CASE status
    WHEN 'todo' THEN '{in_progress,cancelled,done}' WHEN 'in_progress' THEN '{blocked,review,testing,cancelled,done}' WHEN 'blocked' THEN '{in_progress,cancelled}'
    WHEN 'review' THEN '{in_progress,testing,done,cancelled}' WHEN 'testing' THEN '{in_progress,review,done,cancelled}' WHEN 'cancelled' THEN '{todo,archived}' WHEN 'done' THEN '{archived}' ELSE '{}' END::text[]
$$;

-- Whoever changes a task sees its parent: they share a project.
CREATE FUNCTION kernel.hold_transition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NEW.status = ANY (kernel.next_statuses(OLD.status)) THEN RETURN NEW; END IF;
  IF OLD.status = 'done' AND NEW.status = 'in_progress' AND OLD.parent_id IS NOT NULL
     AND EXISTS (SELECT FROM public.tasks p WHERE p.tenant_id = OLD.tenant_id AND p.id = OLD.parent_id AND p.status NOT IN ('done', 'archived')) THEN RETURN NEW; END IF;
  RAISE EXCEPTION '%', json_build_object('from', OLD.status, 'to', NEW.status, 'allowed', kernel.next_statuses(OLD.status)) USING ERRCODE = 'BH006';
END $$;
CREATE TRIGGER hold_transition BEFORE UPDATE ON tasks FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION kernel.hold_transition();

-- No task waits for itself, however long the way round. Two who add at once wait for each other at the project's row, and
-- the second sees what the first has added. What an archive brings back was judged where it was made.
CREATE FUNCTION kernel.hold_dependency() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  path uuid[];
BEGIN
  IF current_user = 'app_directory' THEN RETURN NULL; END IF;
  PERFORM FROM public.projects p WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.project_id FOR NO KEY UPDATE;
  WITH RECURSIVE walk AS (
    SELECT NEW.depends_on_id AS id, ARRAY[NEW.task_id, NEW.depends_on_id] AS way
    UNION ALL
    SELECT d.depends_on_id, w.way || d.depends_on_id FROM walk w
      JOIN public.task_dependencies d ON d.tenant_id = NEW.tenant_id AND d.project_id = NEW.project_id AND d.task_id = w.id
     WHERE w.id <> NEW.task_id AND d.depends_on_id <> ALL (w.way[2:])
  )
  SELECT w.way INTO path FROM walk w WHERE w.id = NEW.task_id LIMIT 1;
  IF path IS NOT NULL THEN
    RAISE EXCEPTION '%', json_build_object('path', (SELECT json_agg(json_build_object('number', t.number, 'title', t.title) ORDER BY u.at) FROM unnest(path) WITH ORDINALITY u(id, at)
      JOIN public.tasks t ON t.tenant_id = NEW.tenant_id AND t.project_id = NEW.project_id AND t.id = u.id)) USING ERRCODE = 'BH005';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER hold_dependency AFTER INSERT ON task_dependencies FOR EACH ROW EXECUTE FUNCTION kernel.hold_dependency();

REVOKE ALL ON FUNCTION kernel.next_statuses(text), kernel.hold_transition(), kernel.hold_dependency() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel.next_statuses(text) TO app_tenant;
