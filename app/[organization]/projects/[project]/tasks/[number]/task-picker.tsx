'use client'

import { useOrganization } from '@/components/forms/organization'
import { useSearch } from '@/components/shell/use-search'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Candidate } from '@/lib/links/candidates'

/** What is searched for and ticked; the form keeps it while it is refused and asked again. */
export type Picked = { query: string; chosen: Candidate | null }
export const NOTHING_PICKED: Picked = { query: '', chosen: null }

type Props = { name: string; leftOut: string; /** Tasks of this project alone. */ projectId?: string; picked: Picked; setPicked: (picked: Picked) => void; error?: string[] }

/** Finds a task by number, key or words among those that I see; the one ticked is sent under `name`. */
export function TaskPicker({ name, leftOut, projectId, picked, setPicked, error }: Props) {
  const { slug } = useOrganization()
  const { query, chosen } = picked
  const state = useSearch<Candidate>(query, async (text, signal) => {
    const response = await fetch(`/api/v1/${slug}/task-choices?${new URLSearchParams({ q: text, ...(projectId && { project: projectId }) })}`, { signal })
    if (!response.ok) throw new Error('The search is not answering.')
    return ((await response.json()) as { items: Candidate[] }).items.filter(({ id }) => id !== leftOut)
  }, 1)
  const found = state.status === 'ready' ? state.results : []
  const shown = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found
  return (
    <div className="flex flex-col gap-2">
      <Field label="Task" required error={error} hint="Search by number, key or words.">
        <Input type="search" value={query} onChange={(event) => setPicked({ query: event.target.value, chosen })} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} maxLength={200} autoComplete="off" placeholder="Search for a task" />
      </Field>
      <p role="status" className="text-[0.8125rem] text-text-muted empty:hidden">
        {state.status === 'loading' && 'Searching…'}
        {state.status === 'ready' && found.length === 0 && 'No task that you can see fits.'}
        {state.status === 'ready' && found.length > 0 && <span className="sr-only">{found.length} found</span>}
      </p>
      {state.status === 'failed' && <p role="alert" className="flex items-center gap-3 text-danger">The search did not answer. <Button size="sm" onClick={state.retry}>Try again</Button></p>}
      {shown.length > 0 && (
        <fieldset className="max-h-56 overflow-y-auto rounded-md border">
          <legend className="sr-only">Tasks found</legend>
          {shown.map((task) => (
            <label key={task.id} className="flex min-h-11 cursor-pointer items-center gap-3 px-3 py-1.5 not-last:border-b hover:bg-surface-hover">
              <input type="radio" name={name} value={task.id} checked={chosen?.id === task.id} onChange={() => setPicked({ query, chosen: task })} className="size-4 shrink-0" />
              <span className="min-w-0 flex-1 wrap-anywhere"><span className="me-2 font-mono text-xs text-text-muted">{task.key}</span>{task.title}</span>
              <span className="max-w-32 shrink-0 truncate text-xs text-text-muted">{task.projectName}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}
