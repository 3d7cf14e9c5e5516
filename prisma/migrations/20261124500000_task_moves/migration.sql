-- A task goes to another project, with all that hangs on it, and leaves its old address behind.

-- CreateTable
CREATE TABLE "task_moves" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "from_container_id" UUID NOT NULL,
    "from_number" INTEGER NOT NULL,
    "to_container_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_moves_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "task_moves_tenant_id_to_container_id_task_id_idx" ON "task_moves"("tenant_id", "to_container_id", "task_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_moves_tenant_id_from_container_id_from_number_key" ON "task_moves"("tenant_id", "from_container_id", "from_number");

-- CreateIndex
CREATE INDEX "import_id_map_tenant_id_target_kind_target_id_idx" ON "import_id_map"("tenant_id", "target_kind", "target_id");

-- AddForeignKey
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_tenant_id_from_container_id_fkey" FOREIGN KEY ("tenant_id", "from_container_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_tenant_id_to_container_id_fkey" FOREIGN KEY ("tenant_id", "to_container_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "task_moves" ADD CONSTRAINT "task_moves_tenant_id_to_container_id_task_id_fkey" FOREIGN KEY ("tenant_id", "to_container_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Protect public.task_moves: call kernel.protect_table for it, with the family of its rows.

ALTER TABLE task_moves ADD CHECK (from_number > 0);
CALL kernel.protect_table('task_moves', 'guarded', commands => '{select,insert}');
CALL kernel.let_archive('task_moves');

-- What was passed on from a task that has left since stays in the notebook that it was passed on in, decided, without the task.
ALTER TABLE context_delegations DROP CONSTRAINT context_delegations_check1,
  ADD CONSTRAINT context_delegations_check1 CHECK ((from_task_id IS NULL OR from_level = 'task') AND (from_task_id IS NOT NULL OR from_level <> 'task' OR status <> 'pending')
    AND (from_workstream_id IS NOT NULL) = (from_level = 'workstream') AND (to_workstream_id IS NOT NULL) = (to_level = 'workstream'));

-- Rows of colleagues, private marks and what only grows go along as well, so none of the mover's own policies would do.
CREATE POLICY tenant_for_kernel ON task_moves FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_to_find ON refused_attempts FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_to_move ON refused_attempts FOR UPDATE TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_to_move ON import_rows FOR UPDATE TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
DO $$
DECLARE
  it text;
BEGIN
  FOREACH it IN ARRAY '{task_status_changes,task_progress,task_dependencies,comments,attachments,search_documents,search_tokens,context_entries,context_versions,context_delegations,idea_tasks,import_id_map}'::text[] LOOP
    EXECUTE format('CREATE POLICY tenant_to_move ON public.%I FOR ALL TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()))', it);
  END LOOP;
END $$;
GRANT SELECT (tenant_id, id, slug, key) ON projects TO app_kernel;
GRANT UPDATE (project_id, workstream_id, goal_id, parent_id, number, position, version, updated_at) ON tasks TO app_kernel;
GRANT UPDATE (project_id) ON task_assignees TO app_kernel;
GRANT SELECT (tenant_id, project_id, task_id), UPDATE (project_id) ON task_status_changes, task_progress, idea_tasks, refused_attempts TO app_kernel;
GRANT SELECT (tenant_id, id, project_id, task_id, depends_on_id), UPDATE (project_id), DELETE ON task_dependencies TO app_kernel;
GRANT SELECT (tenant_id, container_id, task_id), UPDATE (container_id) ON comments, attachments TO app_kernel;
GRANT UPDATE (container_id) ON record_labels TO app_kernel;
GRANT SELECT (id, from_container_id, from_task_id, to_container_id, to_task_id), UPDATE (from_container_id, to_container_id) ON record_links TO app_kernel;
GRANT SELECT (tenant_id, id, container_id, task_id, context_id, guard_key), UPDATE (container_id, guard_key) ON search_documents TO app_kernel;
GRANT SELECT (tenant_id, document_id), UPDATE (container_id) ON search_tokens TO app_kernel;
GRANT SELECT (tenant_id, id, container_id, task_id), UPDATE (container_id) ON context_entries TO app_kernel;
GRANT SELECT (tenant_id, container_key, entry_id), UPDATE (container_id) ON context_versions TO app_kernel;
GRANT SELECT (tenant_id, project_id, from_task_id, status, decided_by, decided_at, decision_note), UPDATE (from_task_id, status, decided_by, decided_at, decision_note) ON context_delegations TO app_kernel;
GRANT UPDATE (container_id, link) ON notifications TO app_kernel;
GRANT SELECT (container_id), UPDATE (container_id) ON import_rows TO app_kernel;
GRANT SELECT (tenant_id, target_kind, target_id, container_id), UPDATE (container_id) ON import_id_map TO app_kernel;
GRANT SELECT (tenant_id, from_container_id, from_number, to_container_id, task_id), UPDATE (to_container_id) ON task_moves TO app_kernel;

-- One statement: a foreign key looks when it has ended, and by then everything stands in the new project. Nothing of it says what happened before;
-- the history is sealed and stays under the guard of the project where it happened.
CREATE FUNCTION kernel.move_tasks(wanted uuid[], target uuid, first_number integer, at timestamptz) RETURNS TABLE (task_id uuid, new_number integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  me uuid := kernel.tenant_id();
BEGIN
  PERFORM kernel.require_role('owner', 'admin', 'manager', 'member');
  RETURN QUERY
  WITH going AS MATERIALIZED (
    SELECT t.id, t.project_id AS place, CASE WHEN t.parent_id = ANY (wanted) THEN t.parent_id END AS parent_id,
           first_number - 1 + (row_number() OVER (ORDER BY coalesce(p.number, t.number), (t.parent_id IS NOT NULL), t.position, t.number, t.id))::int AS number
      FROM public.tasks t LEFT JOIN public.tasks p ON p.tenant_id = me AND p.id = t.parent_id AND t.parent_id = ANY (wanted)
     WHERE t.tenant_id = me AND t.id IN (
             SELECT unnest(wanted) UNION SELECT c.id FROM public.tasks w JOIN public.tasks c ON c.tenant_id = me AND c.project_id = w.project_id AND c.parent_id = w.id WHERE w.tenant_id = me AND w.id = ANY (wanted))
       AND t.project_id <> target
       AND t.project_id IN (SELECT kernel.containers_for('edit')) AND target IN (SELECT kernel.containers_for('edit'))
  ), entries AS MATERIALIZED (SELECT e.id, g.place FROM public.context_entries e JOIN going g ON g.place = e.container_id AND g.id = e.task_id WHERE e.tenant_id = me
  ), documents AS MATERIALIZED (
    SELECT d.id FROM public.search_documents d JOIN going g ON g.place = d.container_id AND g.id = d.task_id WHERE d.tenant_id = me
    UNION ALL SELECT d.id FROM public.search_documents d JOIN entries e ON e.place = d.guard_key AND e.id = d.context_id WHERE d.tenant_id = me
  ), m1 AS (UPDATE public.task_assignees r SET project_id = target FROM going g WHERE r.tenant_id = me AND r.project_id = g.place AND r.task_id = g.id
  ), m2 AS (UPDATE public.task_status_changes r SET project_id = target FROM going g WHERE r.tenant_id = me AND r.project_id = g.place AND r.task_id = g.id
  ), m3 AS (UPDATE public.task_progress r SET project_id = target FROM going g WHERE r.tenant_id = me AND r.project_id = g.place AND r.task_id = g.id
  ), m4 AS (UPDATE public.idea_tasks r SET project_id = target FROM going g WHERE r.tenant_id = me AND r.project_id = g.place AND r.task_id = g.id
  ), m4b AS (UPDATE public.refused_attempts r SET project_id = target FROM going g WHERE r.tenant_id = me AND r.project_id = g.place AND r.task_id = g.id
  ), m5 AS (UPDATE public.comments r SET container_id = target FROM going g WHERE r.tenant_id = me AND r.container_id = g.place AND r.task_id = g.id
  ), m6 AS (UPDATE public.attachments r SET container_id = target FROM going g WHERE r.tenant_id = me AND r.container_id = g.place AND r.task_id = g.id
  ), m7 AS (UPDATE public.record_labels r SET container_id = target FROM going g WHERE r.tenant_id = me AND r.container_id = g.place AND r.task_id = g.id
  ), links AS MATERIALIZED (
    SELECT l.id FROM public.record_links l JOIN going g ON l.from_container_id = g.place AND l.from_task_id = g.id WHERE l.tenant_id = me
    UNION SELECT l.id FROM public.record_links l JOIN going g ON l.to_container_id = g.place AND l.to_task_id = g.id WHERE l.tenant_id = me
  ), m8 AS (
    UPDATE public.record_links r SET from_container_id = CASE WHEN r.from_id IN (SELECT g.id FROM going g) THEN target ELSE r.from_container_id END, to_container_id = CASE WHEN r.to_id IN (SELECT g.id FROM going g) THEN target ELSE r.to_container_id END
      FROM links l WHERE r.tenant_id = me AND r.id = l.id
  ), m9 AS (UPDATE public.search_documents r SET container_id = target, guard_key = CASE WHEN r.guard_key IS NULL THEN NULL ELSE target END FROM documents d WHERE r.tenant_id = me AND r.id = d.id
  ), m10 AS (UPDATE public.search_tokens r SET container_id = target FROM documents d WHERE r.tenant_id = me AND r.document_id = d.id
  ), m11 AS (UPDATE public.context_entries r SET container_id = target FROM entries e WHERE r.tenant_id = me AND r.id = e.id
  ), m12 AS (UPDATE public.context_versions r SET container_id = target FROM entries e WHERE r.tenant_id = me AND r.container_key = e.place AND r.entry_id = e.id
  ), m13 AS (
    UPDATE public.context_delegations r SET from_task_id = NULL, status = CASE r.status WHEN 'pending' THEN 'rejected' ELSE r.status END,
           decided_by = CASE r.status WHEN 'pending' THEN kernel.user_id() ELSE r.decided_by END, decided_at = coalesce(r.decided_at, at),
           decision_note = CASE r.status WHEN 'pending' THEN 'The task was moved to another project.' ELSE r.decision_note END
      FROM going g WHERE r.tenant_id = me AND r.project_id = g.place AND r.from_task_id = g.id
  ), m14 AS (
    UPDATE public.notifications r SET container_id = target, link = '/projects/' || (SELECT p.slug FROM public.projects p WHERE p.tenant_id = me AND p.id = target) || '/tasks/' || g.number
      FROM going g WHERE r.tenant_id = me AND r.container_id = g.place AND r.entity_kind = 'task' AND r.entity_id = g.id
  ), m15 AS (UPDATE public.import_rows r SET container_id = target FROM going g WHERE r.tenant_id = me AND r.target_kind = 'task' AND r.target_id = g.id AND r.container_id IS NOT NULL
  ), m16 AS (UPDATE public.import_id_map r SET container_id = target FROM going g WHERE r.tenant_id = me AND r.target_kind = 'task' AND r.target_id = g.id AND r.container_id IS NOT NULL
  ), m17 AS (UPDATE public.task_moves r SET to_container_id = target FROM going g WHERE r.tenant_id = me AND r.to_container_id = g.place AND r.task_id = g.id
  -- Between tasks that go together a dependency goes along.
  ), m18 AS (UPDATE public.task_dependencies r SET project_id = target FROM going g, going n WHERE r.tenant_id = me AND r.project_id = g.place AND r.task_id = g.id AND r.depends_on_id = n.id
  ), waiting AS MATERIALIZED (
    SELECT d.id FROM public.task_dependencies d JOIN going g ON d.project_id = g.place AND d.task_id = g.id WHERE d.tenant_id = me AND d.depends_on_id NOT IN (SELECT n.id FROM going n)
    UNION SELECT d.id FROM public.task_dependencies d JOIN going g ON d.project_id = g.place AND d.depends_on_id = g.id WHERE d.tenant_id = me AND d.task_id NOT IN (SELECT n.id FROM going n)
  ), m19 AS (DELETE FROM public.task_dependencies r USING waiting w WHERE r.tenant_id = me AND r.id = w.id
  )
  UPDATE public.tasks r SET project_id = target, number = g.number, parent_id = g.parent_id, position = CASE WHEN g.parent_id IS NULL THEN g.number ELSE r.position END, workstream_id = NULL, goal_id = NULL, version = r.version + 1, updated_at = at
    FROM going g WHERE r.tenant_id = me AND r.id = g.id RETURNING r.id, r.number;
END $$;
CALL kernel.give_function('kernel.move_tasks(uuid[], uuid, integer, timestamptz)', 'app_kernel', '{app_tenant}');

-- Where a task is now that was once under this address: for whoever sees it there, and as if there were none for anybody else.
-- A key is short enough to be guessed: it leads on only for whoever sees the project that had it.
CREATE FUNCTION kernel.moved_task(wished text, wished_number integer) RETURNS TABLE (slug text, number integer, task_id uuid, project_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT n.slug, t.number, t.id, t.project_id
    FROM public.projects o JOIN public.task_moves m ON m.tenant_id = kernel.tenant_id() AND m.from_container_id = o.id AND m.from_number = wished_number
    JOIN public.tasks t ON t.tenant_id = kernel.tenant_id() AND t.id = m.task_id AND t.deleted_at IS NULL JOIN public.projects n ON n.tenant_id = kernel.tenant_id() AND n.id = t.project_id
   WHERE o.tenant_id = kernel.tenant_id() AND (o.slug = wished OR (o.key = wished AND o.id IN (SELECT kernel.containers_for('view')))) AND t.project_id IN (SELECT kernel.containers_for('view'))
$$;
CALL kernel.give_function('kernel.moved_task(text, integer)', 'app_kernel', '{app_tenant}');
