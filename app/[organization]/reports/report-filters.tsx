'use client'

import { usePathname } from 'next/navigation'
import { useNavigate } from '@/components/shell/use-navigate'
import { Select } from '@/components/ui/select'

const PERIODS = [['4w', 'Four weeks'], ['12w', 'Twelve weeks'], ['26w', 'Half a year'], ['52w', 'A year']] as const

export function ReportFilters({ projects, project, period }: { projects: { id: string; name: string }[]; project: string; period: string }) {
  const pathname = usePathname()
  const { navigate } = useNavigate()
  const go = (next: { project: string; period: string }) => {
    const query = new URLSearchParams({ ...(next.project && { project: next.project }), ...(next.period !== '12w' && { period: next.period }) }).toString()
    navigate(query ? `${pathname}?${query}` : pathname)
  }
  return (
    <form action={pathname} className="mb-5 flex flex-wrap gap-2">
      <Select
        name="project" aria-label="Project" className="w-full sm:w-64" value={project} onChange={(event) => go({ project: event.target.value, period })}
        options={[{ value: '', label: 'All projects' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Select name="period" aria-label="Period" className="w-full sm:w-40" value={period} onChange={(event) => go({ project, period: event.target.value })} options={PERIODS.map(([value, label]) => ({ value, label }))} />
    </form>
  )
}
