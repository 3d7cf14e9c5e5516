'use client'

import { usePathname } from 'next/navigation'
import { useNavigate } from '@/components/shell/use-navigate'
import { Select } from '@/components/ui/select'
import type { WorkloadFilter } from '@/lib/tasks/workload'

type Choice = { id: string; name: string }

/** `bare`: where the page stands without filters. */
export function WorkloadFilters({ bare, projects, teams, filter }: { bare: string; projects: Choice[]; teams: Choice[]; filter: WorkloadFilter }) {
  const pathname = usePathname()
  const { navigate } = useNavigate()
  const go = (next: Partial<WorkloadFilter>) => {
    const query = new URLSearchParams(Object.entries({ ...filter, ...next }).filter(([, value]) => value)).toString()
    navigate(query ? `${pathname}?${query}` : bare)
  }
  const options = (all: string, choices: Choice[]) => [{ value: '', label: all }, ...choices.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <form action={pathname} className="mb-5 flex flex-wrap gap-2 print:hidden">
      <Select name="project" aria-label="Project" className="w-full sm:w-64" value={filter.project} onChange={(event) => go({ project: event.target.value })} options={options('All projects', projects)} />
      {teams.length > 0 && <Select name="team" aria-label="Team" className="w-full sm:w-48" value={filter.team} onChange={(event) => go({ team: event.target.value })} options={options('All people', teams)} />}
    </form>
  )
}
