import { ACTIONS, FIELDS } from './action-words'

const TEXT_MAX = 160

/** `task.completed` → `Completed task`. `hasObject`: its name follows; without one, `Added a file to` is `Added a file`. */
export function describeAction(action: string, hasObject = false): string {
  const words = ACTIONS[action] ?? madeOf(action)
  return hasObject ? words : words.replace(/( (to|of|on|from|in|into|for|by)|:)$/, '')
}

// Of a module that came later than these words.
function madeOf(action: string): string {
  const [noun = '', verb = ''] = action.split('.').map((part) => part.replaceAll('_', ' '))
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${noun}`
}

/** `graceDays` → `days to set one up`. */
export function describeField(field: string): string {
  return FIELDS[field] ?? field.replaceAll('_', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

const NAMELESS: Record<string, string> = { parentId: 'another task', workstreamId: 'a workstream', goalId: 'a goal', projectId: 'a project' }

/** A stored value in words: days as days, ids of people as names, sizes as kB, nothing as "none". */
export function describeValue(value: unknown, names: Map<string, string>, field = ''): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (field === 'sizeBytes') return `${Math.max(1, Math.round(Number(value) / 1000)).toLocaleString('en')} kB`
  const text = (Array.isArray(value) ? value.join(', ') : String(value))
    .replace(/(\d{4}-\d{2}-\d{2})T00:00:00\.000Z/g, '$1')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => names.get(id) ?? NAMELESS[field] ?? 'someone')
    .replace(/^[a-z]+(_[a-z]+)+$/, (words) => words.replaceAll('_', ' '))
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text
}
