-- CreateTable
CREATE TABLE "refused_attempts" (
    "tenant_id" UUID NOT NULL DEFAULT kernel.tenant_id(),
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "task_id" UUID,
    "user_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refused_attempts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "refused_attempts_tenant_id_project_id_hour_idx" ON "refused_attempts"("tenant_id", "project_id", "hour");

-- CreateIndex
CREATE INDEX "refused_attempts_tenant_id_user_id_idx" ON "refused_attempts"("tenant_id", "user_id");

-- AddForeignKey
ALTER TABLE "refused_attempts" ADD CONSTRAINT "refused_attempts_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "refused_attempts" ADD CONSTRAINT "refused_attempts_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "refused_attempts" ADD CONSTRAINT "refused_attempts_tenant_id_project_id_task_id_fkey" FOREIGN KEY ("tenant_id", "project_id", "task_id") REFERENCES "tasks"("tenant_id", "project_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "refused_attempts" ADD CONSTRAINT "refused_attempts_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "memberships"("tenant_id", "user_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Protect public.refused_attempts: call kernel.protect_table for it, with the family of its rows.

ALTER TABLE refused_attempts ADD CHECK (what IN ('open', 'change'));
CREATE UNIQUE INDEX refused_attempts_once ON refused_attempts (tenant_id, project_id, task_id, user_id, what, hour) NULLS NOT DISTINCT;
CALL kernel.protect_table('refused_attempts', 'container', container_column => 'project_id', commands => '{select}');

CREATE POLICY tenant_for_kernel ON refused_attempts FOR INSERT TO app_kernel WITH CHECK (tenant_id = (SELECT kernel.tenant_id()));
GRANT INSERT ON refused_attempts TO app_kernel;
CREATE POLICY tenant_for_kernel ON projects FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, id, slug, key) ON projects TO app_kernel;
CREATE POLICY tenant_to_note ON workstreams FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_to_note ON goals FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
CREATE POLICY tenant_to_note ON ideas FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, id, project_id) ON workstreams, goals TO app_kernel;
GRANT SELECT (tenant_id, id, container_id, owner_user_id) ON ideas TO app_kernel;

-- Notes that whoever is acting was refused something of a project that keeps a record of reading: once an hour, and without an
-- answer, so that nobody learns by it what is there. A task is named by its id, or with its number by the slug or key of its project.
CREATE FUNCTION kernel.note_refused(record uuid, project text, task_number int, what text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  place uuid;
  task uuid;
BEGIN
  IF record IS NOT NULL THEN
    SELECT t.project_id, t.id INTO place, task FROM public.tasks t WHERE t.tenant_id = kernel.tenant_id() AND t.id = record;
    -- A workstream, a goal or an idea stands for its project; a draft is its author's alone.
    place := coalesce(place,
      (SELECT w.project_id FROM public.workstreams w WHERE w.tenant_id = kernel.tenant_id() AND w.id = record),
      (SELECT g.project_id FROM public.goals g WHERE g.tenant_id = kernel.tenant_id() AND g.id = record),
      (SELECT i.container_id FROM public.ideas i WHERE i.tenant_id = kernel.tenant_id() AND i.id = record AND i.owner_user_id IS NULL), record);
  ELSE
    SELECT p.id INTO place FROM public.projects p WHERE p.tenant_id = kernel.tenant_id() AND (p.slug = note_refused.project OR p.key = note_refused.project) ORDER BY p.slug = note_refused.project DESC LIMIT 1;
    IF task_number IS NOT NULL THEN
      SELECT t.id INTO task FROM public.tasks t WHERE t.tenant_id = kernel.tenant_id() AND t.project_id = place AND t.number = task_number;
      IF task IS NULL THEN RETURN; END IF;
    END IF;
  END IF;
  INSERT INTO public.refused_attempts (tenant_id, id, project_id, task_id, user_id, what, hour)
  SELECT c.tenant_id, gen_random_uuid(), c.id, task, kernel.user_id(), note_refused.what, date_trunc('hour', note_refused.at)
    FROM public.containers c WHERE c.tenant_id = kernel.tenant_id() AND c.id = place AND c.log_reads
  ON CONFLICT DO NOTHING;
END $$;
CALL kernel.give_function('kernel.note_refused(uuid, text, int, text, timestamptz)', 'app_kernel', '{app_tenant}');
