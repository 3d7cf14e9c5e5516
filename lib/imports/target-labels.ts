import 'server-only'
import { recordImports } from '@/lib/audit/many-events'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError } from '@/lib/errors'
import { deleteUnusedLabels } from '@/lib/labels/many-labels'
import { createLabelSchema, LABEL_COLOURS } from '@/lib/labels/schema'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { ImportTarget } from './targets'

type Row = { name: string; colour: string }
const COLOUR_NAMES = ['Blue', 'Teal', 'Violet', 'Amber', 'Rose', 'Olive', 'Red', 'Slate']

/** Shared labels. A name that exists is skipped with its reason, never changed. */
export const labelsTarget: ImportTarget<Row> = {
  title: 'Labels',
  module: 'projects',
  permission: 'labels:manage',
  into: null,
  fields: [
    { key: 'name', label: 'Name', required: true, aliases: ['label', 'tag', 'title'], kind: 'text' },
    { key: 'colour', label: 'Colour', aliases: ['color'], kind: 'choice', choices: LABEL_COLOURS.map((value, at) => ({ value, label: COLOUR_NAMES[at]! })) },
  ],
  read: ({ name = '', colour }) => {
    const parsed = createLabelSchema.safeParse({ name, ...(colour && { colour }) })
    if (parsed.success) return { row: { name: parsed.data.name, colour: parsed.data.colour }, label: parsed.data.name }
    return { code: 'invalid', message: parsed.error.issues[0]!.message, column: String(parsed.error.issues[0]!.path[0] ?? '') }
  },
  open: async (scope) => {
    authorize(scope, 'labels:manage')
    const known = new Set((await scope.tx.label.findMany({ where: { ownerUserId: null }, select: { nameLc: true } })).map(({ nameLc }) => nameLc))
    return {
      // Also of two in the same file.
      refuse: ({ name }) => {
        if (known.has(toLookup(name))) return { code: 'exists', message: `A label called ${name} exists already.`, column: 'name' }
        known.add(toLookup(name))
        return null
      },
      insert: async (rows) => {
        const labels = rows.map(({ row, line }) => ({ line, id: uuidv7(), name: row.name, nameLc: toLookup(row.name), colour: row.colour }))
        const { count } = await scope.tx.label.createMany({ data: labels.map(({ line: _, ...label }) => ({ ...label, createdBy: scope.member.userId })), skipDuplicates: true })
        if (count < labels.length) throw new ConflictError(`A label called ${labels[0]!.name} exists already.`, 'exists')
        return labels.map(({ line, id }) => ({ line, kind: 'label', id, version: 1 }))
      },
      record: (rows, fileName) => recordImports(scope, rows.map(({ id, line, label }) => ({ action: 'label.imported', entityKind: 'label', entityId: id, containerId: null, label, from: `${fileName}, line ${line}` }))),
      helpers: () => ({}),
    }
  },
  undo: async (scope, _, rows) => {
    const gone = new Set(await deleteUnusedLabels(scope, rows.map(({ id }) => id)))
    const left = new Set((await scope.tx.label.findMany({ where: { id: { in: rows.map(({ id }) => id) } } })).map(({ id }) => id))
    return rows.map(({ id }) => (gone.has(id) || !left.has(id) ? { id, outcome: 'reversed' } : { id, outcome: 'kept_in_use', reason: 'Tasks carry this label.' }))
  },
}
