-- A former address leads on only for whoever sees the project that had it: by its slug as by its key.
DROP FUNCTION kernel.moved_task(text, integer);
CREATE FUNCTION kernel.moved_task(wished text, wished_number integer) RETURNS TABLE (slug text, number integer, task_id uuid, project_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT n.slug, t.number, t.id, t.project_id
    FROM public.projects o JOIN public.task_moves m ON m.tenant_id = kernel.tenant_id() AND m.from_container_id = o.id AND m.from_number = wished_number
    JOIN public.tasks t ON t.tenant_id = kernel.tenant_id() AND t.id = m.task_id AND t.deleted_at IS NULL JOIN public.projects n ON n.tenant_id = kernel.tenant_id() AND n.id = t.project_id
   WHERE o.tenant_id = kernel.tenant_id() AND (o.slug = wished OR o.key = wished) AND o.id IN (SELECT kernel.containers_for('view')) AND t.project_id IN (SELECT kernel.containers_for('view'))
$$;
CALL kernel.give_function('kernel.moved_task(text, integer)', 'app_kernel', '{app_tenant}');

-- A suggestion, a wish or a section of a notebook that was refused stands for its project, too.
CREATE POLICY tenant_to_note ON suggestions FOR SELECT TO app_kernel USING (tenant_id = (SELECT kernel.tenant_id()));
GRANT SELECT (tenant_id, id, project_id) ON suggestions TO app_kernel;
GRANT SELECT (id) ON context_delegations TO app_kernel;

DROP FUNCTION kernel.note_refused(uuid, text, int, text, timestamptz);
CREATE FUNCTION kernel.note_refused(record uuid, project text, task_number int, what text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  place uuid;
  task uuid;
BEGIN
  IF record IS NOT NULL THEN
    SELECT t.project_id, t.id INTO place, task FROM public.tasks t WHERE t.tenant_id = kernel.tenant_id() AND t.id = record;
    -- What belongs to a project stands for it; a draft of an idea is its author's alone.
    place := coalesce(place,
      (SELECT w.project_id FROM public.workstreams w WHERE w.tenant_id = kernel.tenant_id() AND w.id = record),
      (SELECT g.project_id FROM public.goals g WHERE g.tenant_id = kernel.tenant_id() AND g.id = record),
      (SELECT i.container_id FROM public.ideas i WHERE i.tenant_id = kernel.tenant_id() AND i.id = record AND i.owner_user_id IS NULL),
      (SELECT s.project_id FROM public.suggestions s WHERE s.tenant_id = kernel.tenant_id() AND s.id = record),
      (SELECT d.project_id FROM public.context_delegations d WHERE d.tenant_id = kernel.tenant_id() AND d.id = record),
      (SELECT e.container_id FROM public.context_entries e WHERE e.tenant_id = kernel.tenant_id() AND e.id = record), record);
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
