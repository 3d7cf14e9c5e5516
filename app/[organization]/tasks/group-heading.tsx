import { AppLink } from '@/components/ui/app-link'

export type Section = { label: string; total: number; href: string; count: number }

export function GroupHeading({ section: { label, total, href, count: shown }, columns }: { section: Section; columns: number }) {
  const count = total > 1_000 ? '1,000+' : String(total)
  return (
    <tr role="row" className="bg-surface-sunken cards:mt-2 cards:block">
      <th role="rowheader" scope="rowgroup" colSpan={columns} className="px-3 py-2 text-start text-[0.8125rem] font-semibold cards:block cards:rounded-sm">
        {label} <span className="font-normal text-text-muted tabular-nums">{count}</span>
        {total > shown && <AppLink href={href} className="ms-3 inline-flex min-h-6 items-center font-normal text-accent hover:underline" aria-label={`Show all ${count} of ${label}`}>Show all</AppLink>}
      </th>
    </tr>
  )
}
