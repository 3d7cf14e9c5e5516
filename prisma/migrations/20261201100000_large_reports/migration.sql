-- Builds four indexes on tasks and one on their people: an organization of very many tasks is better served when it is quiet.
-- Since when a task is blocked stands on it, so that the longest are found without looking at every change of every status.

ALTER TABLE tasks ADD COLUMN blocked_at timestamptz(3);

ALTER TABLE tasks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE task_status_changes NO FORCE ROW LEVEL SECURITY;
UPDATE tasks t SET blocked_at = c.at
  FROM (SELECT tenant_id, task_id, max(at) AS at FROM task_status_changes WHERE to_status = 'blocked' GROUP BY 1, 2) c
 WHERE t.status = 'blocked' AND c.tenant_id = t.tenant_id AND c.task_id = t.id;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
ALTER TABLE task_status_changes FORCE ROW LEVEL SECURITY;

-- What is open: all that lists and reports count of it, without the tasks themselves; and by the day it is due, overdue from its beginning.
CREATE INDEX tasks_open_idx ON tasks (tenant_id, id) INCLUDE (project_id, status, priority, due_on)
  WHERE deleted_at IS NULL AND status IN ('todo', 'in_progress', 'blocked', 'review', 'testing');
CREATE INDEX tasks_open_due_idx ON tasks (tenant_id, due_on, id) INCLUDE (project_id, status)
  WHERE deleted_at IS NULL AND status IN ('todo', 'in_progress', 'blocked', 'review', 'testing');
-- What is blocked, the longest first. What was brought in blocked, or comes out of an older archive, since its last change.
CREATE INDEX tasks_blocked_idx ON tasks (tenant_id, (coalesce(blocked_at, updated_at)), id) INCLUDE (project_id) WHERE deleted_at IS NULL AND status = 'blocked';
-- What a day of the calendar shows, in its order, and how many there are.
CREATE INDEX tasks_calendar_idx ON tasks (tenant_id, due_on, status_rank, priority_rank, id) INCLUDE (project_id, status) WHERE deleted_at IS NULL AND due_on IS NOT NULL;

-- With the project that the policy asks for, so that whose tasks these are is read from the index alone.
DROP INDEX task_assignees_tenant_id_user_id_role_task_id_idx;
CREATE INDEX task_assignees_tenant_id_user_id_role_task_id_project_id_idx ON task_assignees (tenant_id, user_id, role, task_id, project_id);
