import { formatEstimate, parseEstimate, PRIORITIES, type Priority } from '@/lib/tasks/rules'
import type { TemplateKind } from './rules'

/** A step as it is stored; what is left out is nothing special. */
export type Step = { title: string; description?: string; priority?: Priority; estimateMinutes?: number }
/** `after`: the places, from 0, of tasks above that it waits for. */
export type TemplateTask = Step & { subtasks?: Step[]; after?: number[] }
export type Content = { tasks: TemplateTask[] }

/** Lines that are no template, in a sentence that names the line. */
export class OutlineError extends Error {}

const DESCRIPTION_MAX = 2000
const MARK = /\s+(!(?<priority>\w+)|~(?<estimate>\d[\d.\s a-z]*|[a-z]+)|\(after (?<after>\d+(\s*,\s*\d+)*)\)|(?<end>\\))$/i

/**
 * A template as people write it. A line is a task, `-` before it makes it a subtask of the one above, `>` adds to the
 * description of what stands above. At the end of a line: `!high`, `~2h`, `(after 1, 2)`; a `\` says that what stands before it
 * is the title as it is. `textOf` writes what this reads.
 * @throws OutlineError
 */
export function parseOutline(text: string, kind: TemplateKind, most: number): Content {
  const tasks: TemplateTask[] = []
  let above: Step | null = null
  let count = 0
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (!line) continue
    const refuse = (sentence: string) => new OutlineError(`Line ${index + 1}: ${sentence}`)
    if (line.startsWith('>')) {
      if (!above) throw refuse('a description follows its task.')
      above.description = [above.description, line.slice(1).trim()].filter((part) => part !== undefined).join('\n')
      if ([...above.description].length > DESCRIPTION_MAX) throw refuse(`a description has at most ${DESCRIPTION_MAX.toLocaleString('en')} characters.`)
      continue
    }
    const isPart = /^-\s*/.test(line)
    const parent = tasks.at(-1)
    if (isPart && kind === 'checklist') throw refuse('a checklist has one level. Leave out the dash.')
    if (isPart && !parent) throw refuse('a subtask follows its task.')
    const { after, ...step } = readStep(isPart ? line.replace(/^-\s*/, '') : line, refuse)
    if (after.length && (isPart || kind !== 'workflow')) throw refuse('only tasks of a workflow wait for others.')
    if (after.some((place) => place < 1 || place > tasks.length)) throw refuse('“after” names tasks above it, by their place: 1 is the first.')
    if (isPart) (parent!.subtasks ??= []).push(step)
    else tasks.push({ ...step, ...(after.length && { after: [...new Set(after)].map((place) => place - 1) }) })
    above = isPart ? parent!.subtasks!.at(-1)! : tasks.at(-1)!
    count++
    if (kind === 'task' && tasks.length > 1) throw refuse('one task is all. Put a dash before its subtasks, or make a workflow.')
    if (count > most) throw refuse(`a template has at most ${most} tasks and subtasks.`)
  }
  if (count === 0) throw new OutlineError('Write at least one line.')
  return { tasks }
}

function readStep(line: string, refuse: (sentence: string) => OutlineError): Step & { after: number[] } {
  const step: Step & { after: number[] } = { title: '', after: [] }
  let rest = line
  for (let found = MARK.exec(rest); found; found = MARK.exec(rest)) {
    const { priority, estimate, after, end } = found.groups!
    rest = rest.slice(0, found.index)
    if (end) break
    if (priority) {
      const wished = PRIORITIES.find((one) => one === priority.toLowerCase())
      if (!wished) throw refuse(`the priority is one of ${PRIORITIES.join(', ')}.`)
      step.priority = wished
    }
    if (estimate) {
      const minutes = parseEstimate(estimate)
      if (!minutes) throw refuse('an estimate is such as ~2h, ~1h 30m, ~3d or ~medium.')
      step.estimateMinutes = minutes
    }
    if (after) step.after = after.split(',').map(Number)
  }
  step.title = rest.replace(/^\\/, '').replace(/\s+/g, ' ').trim()
  if (!step.title) throw refuse('it has no title.')
  if ([...step.title].length > 200) throw refuse('a title may have at most 200 characters.')
  return step
}

/** The lines that `parseOutline` reads as this. */
export function textOf({ tasks }: Content): string {
  return tasks.flatMap((task) => [...linesOf(task, '', task.after), ...(task.subtasks ?? []).flatMap((part) => linesOf(part, '- '))]).join('\n')
}

function linesOf({ title, description, priority, estimateMinutes }: Step, dash: string, after: number[] = []): string[] {
  const marks = [priority && `!${priority}`, estimateMinutes && `~${formatEstimate(estimateMinutes)}`, after.length && `(after ${after.map((place) => place + 1).join(', ')})`].filter(Boolean)
  const safe = `${/^[-\\>]/.test(title) ? '\\' : ''}${title}${MARK.test(title) ? ' \\' : ''}`
  return [`${dash}${[safe, ...marks].join(' ')}`, ...(description === undefined ? [] : description.split('\n').map((line) => `> ${line}`))]
}

/** How many tasks and subtasks it makes. */
export const stepCount = ({ tasks }: Content) => tasks.reduce((sum, { subtasks = [] }) => sum + 1 + subtasks.length, 0)
