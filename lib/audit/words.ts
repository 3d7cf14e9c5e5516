const ACTIONS: Record<string, string> = {
  'notebook.edited': 'Wrote in notebook', 'notebook.restored': 'Restored in notebook', 'notebook.delegated': 'Merged into notebook', 'notebook.passed_on': 'Passed on from notebook', 'notebook.exported': 'Exported notebook',
  'notebook.wish_approved': 'Approved for notebook', 'notebook.wish_rejected': 'Rejected for notebook', 'notebook.inheritance_set': 'Changed the notebook of',
  'task.sent_to_review': 'Sent to review', 'task.sent_to_testing': 'Sent to testing', 'project.shared': 'Changed who sees project', 'comment.created': 'Commented on',
  'attachment.created': 'Added a file to', 'attachment.deleted': 'Removed a file from', 'attachment.restored': 'Put a file back on',
}
const FIELDS: Record<string, string> = { dueOn: 'due', estimateMinutes: 'estimate (min)', defaultAccess: 'default access', targetOn: 'target day', completionSummary: 'summary', parentId: 'parent', sizeBytes: 'bytes', isShared: 'shared', isDefault: 'default' }
const TEXT_MAX = 160

/** `task.completed` → `Completed task`. */
export function describeAction(action: string): string {
  const known = ACTIONS[action]
  if (known) return known
  const [noun = '', verb = ''] = action.split('.')
  const words = verb.replaceAll('_', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${noun}`
}

export function describeField(field: string): string {
  return FIELDS[field] ?? field.replaceAll('_', ' ')
}

/** A stored value in words: days as days, ids of people as names, nothing as "none". */
export function describeValue(value: unknown, names: Map<string, string>): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return 'none'
  const text = (Array.isArray(value) ? value.join(', ') : String(value))
    .replace(/(\d{4}-\d{2}-\d{2})T00:00:00\.000Z/g, '$1')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => names.get(id) ?? 'someone')
    .replace(/^[a-z]+(_[a-z]+)+$/, (words) => words.replaceAll('_', ' '))
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text
}
