'use client'

import { useNavigate } from '@/components/shell/use-navigate'
import { Select } from '@/components/ui/select'
import { nextAddress } from '@/lib/tasks/next-address'

export function NextFilters({ projects, project }: { projects: { id: string; name: string }[]; project: string }) {
  const { navigate } = useNavigate()
  if (projects.length < 2) return null
  return (
    <div className="max-w-xs">
      <Select aria-label="Project" value={project} onChange={(event) => navigate(nextAddress({ project: event.target.value, skip: [] }) || '?')} options={[{ value: '', label: 'All projects' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]} />
    </div>
  )
}
