'use client'

import { usePathname } from 'next/navigation'
import { useNavigate } from '@/components/shell/use-navigate'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { Select } from '@/components/ui/select'
import { type NextAddress, nextAddress } from '@/lib/tasks/next-address'

type Choice = { id: string; name: string }
export type NextChoices = { people: Choice[]; projects: Choice[]; workstreams: Choice[]; labels: Choice[] }

/** Whose next task, and of what. The filters stand in the address; what was skipped is forgotten with them. */
export function NextFilters({ choices: { people, projects, workstreams, labels }, filter: { skip: _, ...chosen } }: { choices: NextChoices; filter: NextAddress }) {
  const pathname = usePathname()
  const { navigate } = useNavigate()
  const pick = (name: keyof typeof chosen, label: string, any: string, options: Choice[], unlisted: string) => {
    const value = chosen[name]
    const isListed = value === '' || options.some(({ id }) => id === value)
    // A workstream is of one project.
    const go = (next: string) => navigate(`${pathname}${nextAddress({ ...chosen, ...(name === 'project' && { workstream: '' }), [name]: next })}`)
    return (options.length > 0 || value !== '') && (
      <Select name={name} aria-label={label} className="w-full sm:w-48" value={value} onChange={(event) => go(event.target.value)}
        options={[{ value: '', label: any }, ...options.map(({ id, name: text }) => ({ value: id, label: text })), ...(isListed ? [] : [{ value, label: unlisted }])]} />
    )
  }
  return (
    <form action={pathname} className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      {pick('person', 'Person', 'Me', people, 'Somebody else')}
      {pick('project', 'Project', 'All projects', projects, 'One project')}
      {pick('workstream', 'Workstream', 'All workstreams', workstreams, 'One workstream')}
      {pick('label', 'Label', 'Any label', labels, 'One label')}
      {Object.values(chosen).some(Boolean) && <AppLink href={pathname} className={buttonClass({ variant: 'ghost' })}>Clear</AppLink>}
      <noscript><button type="submit" className={buttonClass()}>Apply</button></noscript>
    </form>
  )
}
