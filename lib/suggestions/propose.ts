import { beginsWithVerb, OVERLAP_MAX, overlap } from '@/lib/ideas/score'
import type { SuggestionKind } from './schema'

/** `dueInDays`: counted from the day on which it is accepted. */
export type Proposal = { kind: SuggestionKind; title: string; description: string; dueInDays?: number }

export const PROPOSALS_MAX = 50
const LISTED = /^\s*(?:[-*•]|\d+[.)])\s+(?:\[[ x]?\]\s*)?(?<text>.*\S)\s*$/i

// What every project needs sooner or later, proposed where nothing of the kind is there.
const ALWAYS: Proposal[] = [
  { kind: 'task', title: 'Define done', description: 'Write down how everybody will know that the project is over.' },
  { kind: 'task', title: 'Assign owner', description: 'Say who answers for the project.' },
  { kind: 'task', title: 'Review after two weeks', description: 'Look at what went as planned, and what did not.', dueInDays: 14 },
]

/**
 * Goals and tasks from the numbered and bulleted lines of a description: under a heading that says so, what it says; else a line
 * that begins with a verb is a task, and any other a goal. Nothing that `known` says already.
 */
export function propose(description: string, known: string[]): Proposal[] {
  const proposals: Proposal[] = []
  const isNew = (title: string) => ![...known, ...proposals.map((one) => one.title)].some((other) => other.toLowerCase() === title.toLowerCase() || overlap(title, other) >= OVERLAP_MAX)
  let heading: SuggestionKind | null = null
  for (const line of description.split('\n')) {
    const text = LISTED.exec(line)?.groups!.text
    if (text === undefined) {
      if (line.trim()) heading = /\b(goals?|objectives?|outcomes?)\b/i.test(line) ? 'goal' : /\b(tasks?|to.?dos?|steps?)\b/i.test(line) ? 'task' : null
      continue
    }
    const title = [...text.replace(/[.;,]+$/, '')].slice(0, 200).join('').trim()
    if (title && isNew(title) && proposals.length < PROPOSALS_MAX - ALWAYS.length) proposals.push({ kind: heading ?? (beginsWithVerb(title) ? 'task' : 'goal'), title, description: '' })
  }
  return [...proposals, ...ALWAYS.filter(({ title }) => isNew(title))]
}
