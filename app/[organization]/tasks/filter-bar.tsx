'use client'

import { ListFilter, Search, X } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useNavigate } from '@/components/shell/use-navigate'
import { useShortcut } from '@/components/shell/shortcuts'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { shortDay } from '@/lib/days'
import { FINDING_KINDS, FINDING_LABELS } from '@/lib/tasks/finding-kinds'
import { PRIORITIES, PRIORITY_LABELS, STATUSES, STATUS_LABELS, type Status } from '@/lib/tasks/rules'

type Props = {
  members: { userId: string; name: string }[]; labels: { id: string; name: string }[]; workstreams?: { id: string; name: string }[]
  /** Whether the list can be put into groups. */
  grouping?: boolean
  hide?: ('status' | 'sort' | 'due')[]
  /** Parameters of the page that are no filters and stay. */
  keep?: string[]
  /** The address without filters, if not that of the page alone. */
  bare?: string
  /** The menu of views, where the page has no better place for it. */
  views?: ReactNode
}

const DUE = [['overdue', 'Overdue'], ['today', 'Due today'], ['week', 'Due within a week'], ['none', 'No due date']] as const
const SORTS = [['', 'Last changed'], ['due', 'By due date'], ['priority', 'By priority'], ['created', 'Newest first']] as const

const GROUPINGS = [['', 'No groups'], ['status', 'By status'], ['assignee', 'By person'], ['workstream', 'By workstream'], ['priority', 'By priority'], ['due', 'By due day']] as const

// What most people ask for, and what opens by a button as long as nothing of it is set.
const FIRST = ['status', 'priority', 'assignee']
const MORE = ['due', 'workstream', 'label', 'reviewer', 'finding', 'estimate', 'goal']

/** The filters stand in the URL: they can be linked, kept and gone back to. A plain GET form without JavaScript. Where it is narrow all of them open by a button. */
export function FilterBar({ members, labels, workstreams = [], grouping, hide = [], keep = [], bare, views }: Props) {
  const parameters = useSearchParams()
  const pathname = usePathname()
  const { navigate } = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const left = useRef('')
  const [isOpen, setOpen] = useState(false)
  const [isMore, setMore] = useState(false)
  // The form is made anew when the address changes; whoever was in a field stays in it.
  useEffect(() => {
    const field = left.current && form.current?.elements.namedItem(left.current)
    if (field instanceof HTMLElement) field.focus()
    left.current = ''
  }, [parameters])
  useShortcut('/', () => input.current?.focus(), 'Search this list')

  const apply = () => {
    left.current = document.activeElement?.getAttribute('name') ?? ''
    const query = new URLSearchParams([...new FormData(form.current!)].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')).toString()
    navigate(query ? `${pathname}?${query}` : unfiltered)
  }
  const isSet = (names: string[]) => names.filter((name) => parameters.get(name)).length
  const [filtered, setOfMore] = [isSet([...FIRST, ...MORE]), isSet(MORE)]
  const showsMore = isMore || setOfMore > 0
  const narrow = `@max-xl/filters:basis-[calc(50%-0.25rem)] ${isOpen ? '' : '@max-xl/filters:hidden'}`
  // What an address says and the list does not offer (a day of the calendar, two states) stays chosen.
  const pick = (name: string, label: string, options: { value: string; label: string }[]) => {
    const chosen = parameters.get(name) ?? ''
    const offered = options.some(({ value }) => value === chosen) ? options : [...options, { value: chosen, label: wordsOf(chosen) }]
    const wide = MORE.includes(name) && !showsMore ? '@xl/filters:hidden' : ''
    return <Select name={name} aria-label={label} defaultValue={chosen} onChange={apply} options={offered} className={`min-w-0 [&_select]:field-sizing-content @xl/filters:max-w-44 ${narrow} ${wide}`} />
  }
  const kept = new URLSearchParams(keep.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name)!]] : [])))
  const stays = new URLSearchParams([...kept, ...(grouping && parameters.get('group') ? [['group', parameters.get('group')!]] : [])])
  const unfiltered = stays.size > 0 ? `${pathname}?${stays}` : (bare ?? pathname)
  return (
    <search className="@container/filters flex items-start gap-2">
      <form key={parameters.toString()} ref={form} action={pathname} onSubmit={(event) => { event.preventDefault(); apply() }} className="flex min-w-0 flex-1 flex-wrap gap-2">
        <div className="relative min-w-0 flex-1 @xl/filters:min-w-36">
          <Search aria-hidden className="pointer-events-none absolute inset-y-0 start-2.5 my-auto size-4 text-text-muted" />
          <Input ref={input} name="q" type="search" aria-label="Search tasks" placeholder="Search tasks" defaultValue={parameters.get('q') ?? ''} maxLength={200} className="ps-8" />
        </div>
        <Button icon={<ListFilter />} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="@xl/filters:hidden">{filtered > 0 ? `Filters (${filtered})` : 'Filters'}</Button>
        {!hide.includes('status') && pick('status', 'Status', [{ value: '', label: 'Any status' }, { value: 'open', label: 'Open' }, ...STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))])}
        {pick('priority', 'Priority', [{ value: '', label: 'Any priority' }, { value: 'critical,urgent', label: 'Critical and urgent' }, ...PRIORITIES.map((value) => ({ value, label: PRIORITY_LABELS[value] }))])}
        {pick('assignee', 'Assigned to', [{ value: '', label: 'Anyone' }, { value: 'me', label: 'Me' }, { value: 'nobody', label: 'Nobody' }, ...members.map(({ userId, name }) => ({ value: userId, label: name }))])}
        <Button icon={<ListFilter />} aria-expanded={showsMore} disabled={setOfMore > 0} onClick={() => setMore(!isMore)} className="@max-xl/filters:hidden">{isMore && setOfMore === 0 ? 'Fewer' : 'More'}</Button>
        {grouping && pick('group', 'Group', GROUPINGS.map(([value, label]) => ({ value, label })))}
        {!hide.includes('sort') && pick('sort', 'Order', SORTS.map(([value, label]) => ({ value, label })))}
        {showsMore && <span className="hidden basis-full @xl/filters:block" />}
        {!hide.includes('due') && pick('due', 'Due', [{ value: '', label: 'Any date' }, ...DUE.map(([value, label]) => ({ value, label }))])}
        {workstreams.length > 0 && pick('workstream', 'Workstream', [{ value: '', label: 'Any workstream' }, { value: 'none', label: 'No workstream' }, ...workstreams.map(({ id, name }) => ({ value: id, label: name }))])}
        {labels.length > 0 && pick('label', 'Label', [{ value: '', label: 'Any label' }, ...labels.map(({ id, name }) => ({ value: id, label: name }))])}
        {pick('reviewer', 'Reviewed by', [{ value: '', label: 'Any reviewer' }, { value: 'me', label: 'Reviewed by me' }, ...members.map(({ userId, name }) => ({ value: userId, label: name }))])}
        {pick('finding', 'Finding', [{ value: '', label: 'Any finding' }, ...FINDING_KINDS.map((value) => ({ value, label: FINDING_LABELS[value] }))])}
        {parameters.get('estimate') && pick('estimate', 'Estimate', [{ value: '', label: 'Any estimate' }, { value: 'none', label: 'No estimate' }])}
        {parameters.get('goal') && pick('goal', 'Goal', [{ value: '', label: 'Any goal' }, { value: parameters.get('goal')!, label: 'Of one goal' }])}
        {(filtered > 0 || parameters.get('q')) && <AppLink href={unfiltered} className={buttonClass({ variant: 'ghost' }, isOpen ? '' : '@max-xl/filters:hidden')}><X aria-hidden className="size-4" /> Clear</AppLink>}
        {[...kept].map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <noscript><button type="submit" className={buttonClass()}>Apply</button></noscript>
      </form>
      {views}
    </search>
  )
}

const wordsOf = (value: string) => value.split(',').map((part) => (part === 'open' ? 'Open' : part in STATUS_LABELS ? STATUS_LABELS[part as Status] : part.replace(/\d{4}-\d{2}-\d{2}/g, shortDay).replace('..', ' to '))).join(', ')
