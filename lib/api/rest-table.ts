/** Method, path below /api/v1/<organization>/, operation. A part in braces is a field of the operation's input; the rest comes in the query or the JSON body. */
export const REST: readonly (readonly [method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, operation: string])[] = [
  ['GET', 'whoami', 'whoami'],
  ['GET', 'projects', 'list_projects'], ['POST', 'projects', 'create_project'],
  ['GET', 'projects/{project}', 'get_project'], ['PATCH', 'projects/{project}', 'update_project'], ['DELETE', 'projects/{project}', 'delete_project'], ['GET', 'projects/deleted', 'list_deleted_projects'], ['POST', 'projects/{project}/restore', 'restore_project'], ['GET', 'projects/{project}/health', 'get_health'],
  ['GET', 'workstreams', 'list_workstreams'], ['POST', 'workstreams', 'create_workstream'], ['PATCH', 'workstreams/{workstream}', 'update_workstream'],
  ['GET', 'goals', 'list_goals'], ['POST', 'goals', 'create_goal'], ['PATCH', 'goals/{goal}', 'update_goal'],
  ['GET', 'tasks', 'list_tasks'], ['POST', 'tasks', 'create_task'], ['GET', 'tasks/next', 'next_task'],
  ['GET', 'tasks/{task}', 'get_task'], ['PATCH', 'tasks/{task}', 'update_task'], ['DELETE', 'tasks/{task}', 'delete_task'],
  ['GET', 'tasks/deleted', 'list_deleted_tasks'], ['POST', 'tasks/{task}/restore', 'restore_task'], ['POST', 'tasks/{task}/move', 'move_task_to_project'],
  ['POST', 'tasks/{task}/subtasks', 'add_subtask'], ['POST', 'tasks/{task}/transition', 'move_task'], ['POST', 'tasks/{task}/assignees', 'assign_task'],
  ['GET', 'tasks/{task}/dependencies', 'list_dependencies'], ['POST', 'tasks/{task}/dependencies', 'add_dependency'], ['DELETE', 'tasks/{task}/dependencies/{depends_on}', 'remove_dependency'],
  ['GET', 'tasks/{task}/progress', 'list_progress'], ['POST', 'tasks/{task}/progress', 'report_progress'],
  ['GET', 'ideas', 'list_ideas'], ['POST', 'ideas', 'create_idea'], ['GET', 'ideas/{idea}', 'get_idea'], ['POST', 'ideas/{idea}/refine', 'refine_idea'], ['POST', 'ideas/{idea}/convert', 'convert_idea'],
  ['GET', 'contexts', 'get_context'], ['PUT', 'contexts', 'set_context'], ['GET', 'contexts/resolve', 'resolve_context'], ['POST', 'contexts/insights', 'add_insight'],
  ['GET', 'delegations', 'list_delegations'], ['POST', 'delegations', 'delegate_context'], ['POST', 'delegations/{delegation}/decision', 'decide_delegation'],
  ['GET', 'templates', 'list_templates'], ['POST', 'templates', 'create_template'], ['POST', 'templates/{template}/use', 'use_template'],
  ['GET', 'suggestions', 'list_suggestions'], ['POST', 'suggestions', 'suggest_plan'], ['POST', 'suggestions/{suggestion}/accept', 'accept_suggestion'], ['POST', 'suggestions/{suggestion}/reject', 'reject_suggestion'], ['POST', 'suggestions/{suggestion}/rating', 'rate_suggestion'],
]

type Match = { operation: string; fields: Record<string, string> } | { allowed: string[] } | null

/** What answers a method at a path; the methods that are allowed there when this one is not; null for a path that is none. */
export function matchRest(method: string, path: readonly string[]): Match {
  const fitting = REST.flatMap(([routeMethod, pattern, operation]) => {
    const fields = fit(pattern.split('/'), path)
    return fields ? [{ routeMethod, operation, fields, isExact: !pattern.includes('{') }] : []
  }).sort((one, other) => Number(other.isExact) - Number(one.isExact))
  const found = fitting.find(({ routeMethod }) => routeMethod === method)
  if (found) return { operation: found.operation, fields: found.fields }
  return fitting.length ? { allowed: [...new Set(fitting.map(({ routeMethod }) => routeMethod as string))] } : null
}

function fit(pattern: string[], path: readonly string[]): Record<string, string> | null {
  if (pattern.length !== path.length) return null
  const fields: Record<string, string> = {}
  for (const [at, part] of pattern.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? []
    if (name) fields[name] = path[at]!
    else if (part !== path[at]) return null
  }
  return fields
}
