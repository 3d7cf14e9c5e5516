import type { Json } from './merge'
import type { Notebook } from './resolve'
import { LEVEL_LABELS } from './schema'

/** The notebook of a place to take away, with the level that each value comes from. */
export function notebookAsJson({ place, places, sections }: Notebook): string {
  const content = {
    level: place.level, name: place.label,
    sections: sections.map(({ section, data, values }) => ({ section, data, sources: values.map(({ path, at }) => ({ path, level: places[at]!.level, name: places[at]!.label })) })),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

export function notebookAsMarkdown({ place, places, sections }: Notebook): string {
  const lines = sections.flatMap(({ section, values }) => [
    `## ${plain(section)}`, '',
    ...values.map(({ path, value, at }) => `- **${path.map(plain).join(' / ')}**: ${valueText(value)} _(${LEVEL_LABELS[places[at]!.level]} ${plain(places[at]!.label)})_`), '',
  ])
  return [`# Notebook of ${plain(place.label)}`, '', ...(lines.length ? lines : ['Nothing is written here yet.', ''])].join('\n')
}

const valueText = (value: Json): string => (typeof value === 'string' ? plain(value) : plain(JSON.stringify(value)))
// One line in which nothing is markup, so that no text of one entry becomes a heading or a link of the whole.
const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~!]/g, '\\$&')
