import { Badge } from '@/components/ui/badge'
import type { Json } from '@/lib/notebook/merge'

export type ShownValue = { path: string[]; value: Json; source?: { label: string; isOwn: boolean } }

/** Names and values of a section; where they come from beside those that do not stand here. */
export function ValueList({ values }: { values: ShownValue[] }) {
  if (values.length === 0) return <p className="text-text-muted">Nothing is written in it.</p>
  return (
    <dl className="-my-2 divide-y">
      {values.map(({ path, value, source }) => (
        <div key={path.join('\u0000')} className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[minmax(7rem,14rem)_minmax(0,1fr)]">
          <dt className="font-medium wrap-anywhere">{path.join(' › ')}</dt>
          <dd className="flex min-w-0 flex-wrap items-start justify-between gap-x-3 gap-y-1">
            <span className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere">{valueText(value)}</span>
            {source && <Badge tone={source.isOwn ? 'accent' : 'neutral'}>{source.isOwn ? 'Noted here' : `From ${source.label}`}</Badge>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function valueText(value: Json): string {
  if (Array.isArray(value) && value.every((part) => typeof part !== 'object' || part === null)) return value.join('\n') || 'empty list'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'object' ? (value === null ? 'nothing' : JSON.stringify(value, null, 2)) : String(value)
}
