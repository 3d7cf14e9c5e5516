import type { Prepared, RowProblem } from '@/lib/imports/targets'
import { toLookup } from '@/lib/text'

/** A task that a row names: another row of the file by its line, or one that is there already. */
export type Named = { line: number } | { id: string }
export type KnownTask = { id: string; title: string; status: string; parentId: string | null }
export type Tie = { parent: Named | null; dependsOn: Named[] }
type Naming = { title: string; parent: string; dependsOn: string[] }
type Rows = Prepared<Naming>[]

const PER_TASK_MAX = 100
const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`

/** How rows of a file are found by the others: by their number in the old system, else by their title. */
export function byNames(rows: Rows): Map<string, number[]> {
  const lines = new Map<string, number[]>()
  const add = (name: string, line: number) => void lines.set(name, [...(lines.get(name) ?? []), line])
  for (const { line, sourceId } of rows) if (sourceId) add(toLookup(sourceId), line)
  const numbers = new Set(lines.keys())
  for (const { line, row } of rows) if (!numbers.has(toLookup(row.title))) add(toLookup(row.title), line)
  return lines
}

/** What rows name that is no row: to be looked for in the project. */
export function namesElsewhere(rows: Rows): string[] {
  const lines = byNames(rows)
  return [...new Set(rows.flatMap(({ row }) => [row.parent, ...row.dependsOn]).filter((name) => name && !lines.has(toLookup(name))))]
}

/**
 * Finds whom each row names, and what is wrong with that: nobody, several, a subtask as parent, a circle. Whoever names a row
 * that is refused is refused too, however long the way; the time grows with the rows and what they name, not with their square.
 * @param known by name in lower case: tasks of the project; null when several are called so
 */
export function tieRows(rows: Rows, known: Map<string, KnownTask | null>): { ties: Map<number, Tie>; problems: Map<number, RowProblem> } {
  const lines = byNames(rows)
  const byLine = new Map(rows.map((row) => [row.line, row]))
  const [ties, problems] = [new Map<number, Tie>(), new Map<number, RowProblem>()]
  const find = (name: string): Named | string => {
    const found = lines.get(toLookup(name))
    if (found) return found.length === 1 ? { line: found[0]! } : `Several rows of this file are called ${quoted(name)}: name it by its number.`
    const task = known.get(toLookup(name))
    if (task) return { id: task.id }
    return task === null ? `Several tasks of this project are called ${quoted(name)}: name it by its number.` : `There is no task ${quoted(name)} in this project, nor among the rows that come in.`
  }
  const tasks = new Map([...known.values()].flatMap((task) => (task ? [[task.id, task] as const] : [])))
  for (const { line, row } of rows) {
    const refuse = (message: string, column: string) => void (problems.has(line) || problems.set(line, { code: 'no_such_task', message, column }))
    const one = (name: string, column: string): Named[] => {
      const found = find(name)
      if (typeof found === 'string') refuse(found, column)
      else if ('line' in found && found.line === line) refuse('It names itself.', column)
      else return [found]
      return []
    }
    const parent = row.parent ? one(row.parent, 'parent')[0] : undefined
    if (parent && 'line' in parent && byLine.get(parent.line)!.row.parent) refuse(`${quoted(row.parent)} is a subtask itself, and has none of its own.`, 'parent')
    if (parent && 'id' in parent) {
      const { parentId, status } = tasks.get(parent.id)!
      if (parentId) refuse(`${quoted(row.parent)} is a subtask itself, and has none of its own.`, 'parent')
      if (status === 'done' || status === 'archived') refuse(`${quoted(row.parent)} is ${status} and takes no new subtasks.`, 'parent')
    }
    const dependsOn = [...new Map(row.dependsOn.flatMap((name) => one(name, 'dependsOn')).map((named) => [keyOf(named), named])).values()]
    if (dependsOn.length > PER_TASK_MAX) refuse(`A task waits for at most ${PER_TASK_MAX} others.`, 'dependsOn')
    ties.set(line, { parent: parent ?? null, dependsOn })
  }
  for (const [line, { parent, dependsOn }] of ties) {
    const ofParent = parent && 'line' in parent ? ties.get(parent.line)!.dependsOn : []
    if (parent && (dependsOn.some((named) => keyOf(named) === keyOf(parent)) || ofParent.some((named) => 'line' in named && named.line === line))) problems.set(line, {
      code: 'no_such_task', message: 'A task is done after its subtasks anyway: neither waits for the other.', column: 'dependsOn',
    })
  }
  for (const circle of circlesOf(ties)) {
    const way = [...circle.slice(0, 5), ...(circle.length > 5 ? [] : [circle[0]!])].map((line) => byLine.get(line)!.row.title).join(' → ')
    for (const line of circle) if (!problems.has(line)) problems.set(line, { code: 'dependency_cycle', message: `It would wait for itself: ${way}${circle.length > 5 ? ' → …' : ''}.`, column: 'dependsOn' })
  }
  passOn(ties, problems)
  return { ties, problems }
}

const keyOf = (named: Named) => ('line' in named ? `line ${named.line}` : named.id)
const linesOf = ({ parent, dependsOn }: Tie) => [parent, ...dependsOn].flatMap((named) => (named && 'line' in named ? [named.line] : []))
const waitsOf = ({ dependsOn }: Tie) => dependsOn.flatMap((named) => ('line' in named ? [named.line] : []))

/** Rows in an order in which whatever waits comes before what it waits for; those left over wait in circles. */
export function inOrder(ties: Map<number, Tie>): { ordered: number[]; rest: Set<number> } {
  const waiters = new Map<number, number>()
  for (const tie of ties.values()) for (const line of waitsOf(tie)) waiters.set(line, (waiters.get(line) ?? 0) + 1)
  const ordered = [...ties.keys()].filter((line) => !waiters.has(line))
  for (let at = 0; at < ordered.length; at++) {
    for (const line of waitsOf(ties.get(ordered[at]!)!)) {
      waiters.set(line, waiters.get(line)! - 1)
      if (waiters.get(line) === 0) ordered.push(line)
    }
  }
  const rest = new Set(ties.keys())
  for (const line of ordered) rest.delete(line)
  return { ordered, rest }
}

// What is left over hangs on a circle or lies in one: going backwards from any of it ends in one.
function circlesOf(ties: Map<number, Tie>): number[][] {
  const { rest } = inOrder(ties)
  const waiter = new Map<number, number>()
  for (const line of rest) for (const needed of waitsOf(ties.get(line)!)) waiter.set(needed, line)
  const circles: number[][] = []
  const seen = new Set<number>()
  for (const start of rest) {
    const way: number[] = []
    const places = new Map<number, number>()
    for (let line: number | undefined = start; line !== undefined && !seen.has(line); line = waiter.get(line)) {
      seen.add(line)
      places.set(line, way.length)
      way.push(line)
      const next = waiter.get(line)
      if (next !== undefined && places.has(next)) circles.push(way.slice(places.get(next)!).reverse())
    }
  }
  return circles
}

function passOn(ties: Map<number, Tie>, problems: Map<number, RowProblem>): void {
  const namers = new Map<number, number[]>()
  for (const [line, tie] of ties) for (const named of linesOf(tie)) namers.set(named, [...(namers.get(named) ?? []), line])
  const queue = [...problems.keys()]
  for (let at = 0; at < queue.length; at++) {
    for (const line of namers.get(queue[at]!) ?? []) {
      if (problems.has(line)) continue
      problems.set(line, { code: 'names_refused', message: `It names line ${queue[at]}, which does not come in.` })
      queue.push(line)
    }
  }
}
