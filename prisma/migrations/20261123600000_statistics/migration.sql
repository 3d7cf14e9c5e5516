-- A project belongs to one organization. The planner takes the two columns for independent, expects one row of a project of
-- thousands, and then every index that begins with both seems as good as the one that also has what is looked for.
CREATE STATISTICS tasks_of_a_project (dependencies, ndistinct) ON tenant_id, project_id FROM tasks;
CREATE STATISTICS search_documents_of_a_container (dependencies, ndistinct) ON tenant_id, container_id FROM search_documents;
