'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search as SearchIcon } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Spinner } from '@/components/ui/spinner'
import { type Command, type CommandGroup, commandGroups } from './command-groups'
import type { CommandMenuProps } from './command-menu'
import { Icon } from './icons'
import { type SearchState, useSearch } from './use-search'

const NO_RESULTS: never[] = []

export function CommandSearch({ pages, actions, search, allHref, run }: CommandMenuProps & { run: (command: Command) => void }) {
  const [query, setQuery] = useState('')
  const state = useSearch(query, search)
  const results = state.status === 'ready' ? state.results : NO_RESULTS
  const groups = useMemo(() => commandGroups(query, pages, actions, results, allHref), [query, pages, actions, results, allHref])
  const count = groups.reduce((sum, { items }) => sum + items.length, 0)

  return (
    <Autocomplete.Root open inline items={groups} value={query} onValueChange={setQuery} filter={null} itemToStringValue={(command: Command) => command.label} autoHighlight="always" keepHighlight>
      <div className="flex items-center gap-2.5 border-b px-4">
        {state.status === 'loading' ? <Spinner className="text-text-muted" /> : <SearchIcon aria-hidden className="size-4 shrink-0 text-text-muted" />}
        <Autocomplete.Input aria-label="Search and commands" placeholder="Search, or type a command…" className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-text-muted sm:text-sm" />
        <Dialog.Close className="min-h-6 rounded-sm">
          <span className="sr-only">Close, </span>
          <Kbd keys="esc" />
        </Dialog.Close>
      </div>
      <Autocomplete.Status className="sr-only">{announcement(state.status, count)}</Autocomplete.Status>
      {state.status === 'failed' && (
        <div role="alert" className="flex items-center justify-between gap-3 border-b bg-danger-soft px-4 py-2 text-danger">
          The search did not answer. Pages and actions still work.
          <Button size="sm" onClick={state.retry}>
            Try again
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1 scroll-py-2 overflow-y-auto overscroll-contain p-2">
        {state.status === 'ready' && results.length === 0 && count <= 1 && <p className="px-2 py-6 text-center text-text-muted">Nothing found for “{query.trim()}”.</p>}
        <Autocomplete.List>
          {(group: CommandGroup) => (
            <Autocomplete.Group key={group.label} items={group.items} className="not-last:mb-2">
              <Autocomplete.GroupLabel className="px-2 py-1 text-xs font-medium text-text-muted">{group.label}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>{(command: Command) => <CommandItem key={command.id} command={command} run={run} />}</Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  )
}

function CommandItem({ command, run }: { command: Command; run: (command: Command) => void }) {
  return (
    <Autocomplete.Item value={command} onClick={() => run(command)} className="menu-item">
      <Icon name={command.icon} className="size-4 shrink-0 text-text-muted" />
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.hint && <span className="max-w-1/2 truncate text-xs text-text-muted">{command.hint}</span>}
      {command.shortcut && <Kbd keys={command.shortcut} />}
    </Autocomplete.Item>
  )
}

function announcement(status: SearchState['status'], count: number) {
  if (status === 'loading') return 'Searching…'
  if (status === 'failed') return ''
  return count === 0 ? 'Nothing found' : `${count} ${count === 1 ? 'result' : 'results'}`
}
