import { tokenize } from '@/lib/search/tokens'
import { parseEstimate } from '@/lib/tasks/rules'

/** One of the five checks of an idea, with what was found; each is worth 200. */
export type Check = { key: 'form' | 'problem' | 'measure' | 'effort' | 'novelty'; passed: boolean; reason: string }

/** A title to compare with; `isNamed`: whoever reads the reason sees its record too. */
export type Title = { title: string; isNamed: boolean }

export const VALID_FROM = 600
export const RECOMMENDED_FROM = 800
const WORTH = 200
const BODY_WORDS_MIN = 30
const PROBLEM_WORDS_MIN = 10
/** From here on, two titles say the same. */
export const OVERLAP_MAX = 0.6

const wordsIn = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
const WRITTEN_DAY = /\b(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|next (week|month|quarter|year))\b/i

/** Judges an idea by its words and the answers to the four questions. `titles`: of the ideas and tasks that the asker sees. */
export function judge({ title, body, answers, titles }: { title: string; body: string; answers: readonly string[]; titles: Title[] }): Check[] {
  const [length, words, problem] = [[...title].length, wordsIn(body), wordsIn(answers[0] ?? '')]
  const near = titles.find((other) => overlap(title, other.title) >= OVERLAP_MAX)
  const effort = effortOf(answers[2] ?? '')
  return [
    {
      key: 'form', passed: length >= 10 && length <= 120 && words >= BODY_WORDS_MIN,
      reason: length < 10 || length > 120 ? `The title has ${length} characters; 10 to 120 say enough.` : words < BODY_WORDS_MIN ? `The description has ${words} words; at least ${BODY_WORDS_MIN} explain it.` : 'Title and description say what it is.',
    },
    { key: 'problem', passed: problem >= PROBLEM_WORDS_MIN, reason: problem >= PROBLEM_WORDS_MIN ? 'It is said who has the problem.' : `Who has the problem is said in ${problem} words; at least ${PROBLEM_WORDS_MIN} are needed.` },
    ...[/\d/.test(answers[1] ?? '') || WRITTEN_DAY.test(answers[1] ?? '')].map((passed): Check => ({ key: 'measure', passed, reason: passed ? 'Success can be measured.' : 'What will be different names no number and no date.' })),
    { key: 'effort', passed: effort !== null, reason: effort !== null ? 'The effort is estimated.' : 'The hours are no estimate such as 12h, 3d or "medium".' },
    { key: 'novelty', passed: !near, reason: near ? (near.isNamed ? `It is much like “${near.title}”.` : 'It is much like a task that is here already.') : 'Nothing like it is here yet.' },
  ]
}

export const scoreOf = (checks: Check[]) => checks.filter(({ passed }) => passed).length * WORTH

// Asked for hours, people write bare numbers.
const effortOf = (text: string) => parseEstimate(/^\s*\d+(\.\d+)?\s*$/.test(text) ? `${text.trim()}h` : text.replace(/\bhours?\b/gi, 'h').replace(/\bdays?\b/gi, 'd').replace(/\bweeks?\b/gi, 'w'))

/** Words in common of all words (Jaccard), over the words as the search index knows them. */
export function overlap(one: string, other: string): number {
  const [a, b] = [new Set(tokenize(one)), new Set(tokenize(other))]
  const union = new Set([...a, ...b]).size
  return union === 0 ? 0 : [...a].filter((token) => b.has(token)).length / union
}

const VERBS = new Set('add agree arrange ask assign build buy change check choose clean close collect compare connect contact count create cut decide define deliver design document draft explain find finish fix hire improve inform install introduce invite launch list make measure meet migrate move name offer open order organize organise paint pay plan prepare print publish record reduce remove rename rent repair replace report research review schedule sell send set ship show sign start stop store support teach tell test train translate try turn update upgrade use visit wash write'.split(' '))

export const beginsWithVerb = (text: string) => VERBS.has((/^\p{L}+/u.exec(text)?.[0] ?? '').toLowerCase())

/** Tasks that an idea suggests: each sentence of the second answer that begins with a verb or a list mark, else the idea itself. */
export function linesOf(title: string, second: string): string[] {
  const sentences = second.split(/\n|(?<=[^\d\s][.!?;])\s+/).map((text) => text.trim()).filter(Boolean)
  const lines = sentences.filter((text) => /^([-*•]|\d+[.)])\s+/.test(text) || beginsWithVerb(text))
  const clean = lines.map((text) => text.replace(/^([-*•]|\d+[.)])\s+/, '').replace(/[.;]+$/, '').slice(0, 200).trim()).filter(Boolean)
  return clean.length ? clean.slice(0, 20) : [title]
}
