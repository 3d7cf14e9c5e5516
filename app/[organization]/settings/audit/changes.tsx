import type { Changes as ChangesOf } from '@/lib/audit/audit'
import { describeField, describeValue } from '@/lib/audit/words'

/** Field by field, before and after. Ids of people are shown as their names. */
export function Changes({ changes, names }: { changes: ChangesOf; names: Map<string, string> }) {
  const rows = Object.entries(changes).filter(([, [before, after]]) => JSON.stringify(before) !== JSON.stringify(after))
  if (rows.length === 0) return <span>–</span>
  return (
    <dl className="flex flex-col gap-0.5">
      {rows.map(([field, [before, after]]) => (
        <div key={field} className="flex flex-wrap gap-x-1.5">
          <dt className="font-medium">{describeField(field)}:</dt>
          <dd className="min-w-0 break-words">
            {before !== null && before !== '' && <><del className="decoration-text-muted">{describeValue(before, names, field)}</del> <span aria-hidden>→</span> </>}
            <ins className="no-underline">{describeValue(after, names, field)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
