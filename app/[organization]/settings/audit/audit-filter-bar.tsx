import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { AuditFilter } from '@/lib/audit/audit-list'
import { describeAction } from '@/lib/audit/words'

type Props = { path: string; bare: string; filter: AuditFilter; members: { userId: string; name: string }[]; choices: { actions: string[]; kinds: string[] } }

/** A plain GET form: the filters stand in the address, and it works without JavaScript. */
export function AuditFilterBar({ path, bare, filter, members, choices }: Props) {
  const isFiltered = Object.values(filter).some((value) => value !== '')
  return (
    <search>
      <form action={path} className="mb-4 grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap">
        <Input name="q" type="search" aria-label="Search records" placeholder="Record" defaultValue={filter.q} maxLength={120} className="col-span-2 sm:w-44" />
        <Select name="person" aria-label="Person" defaultValue={filter.person} options={[{ value: '', label: 'Everybody' }, ...members.map(({ userId, name }) => ({ value: userId, label: name }))]} className="sm:w-40" />
        <Select name="action" aria-label="Action" defaultValue={filter.action} options={[{ value: '', label: 'Every action' }, ...choices.actions.map((action) => ({ value: action, label: describeAction(action) }))]} className="sm:w-40" />
        <Select name="kind" aria-label="Kind of record" defaultValue={filter.kind} options={[{ value: '', label: 'Every record' }, ...choices.kinds.map((kind) => ({ value: kind, label: kind.replaceAll('_', ' ') }))]} className="sm:w-36" />
        <Select name="outcome" aria-label="Outcome" defaultValue={filter.outcome} options={[{ value: '', label: 'Done or refused' }, { value: 'done', label: 'Done' }, { value: 'refused', label: 'Refused' }]} className="sm:w-40" />
        <Select
          name="by" aria-label="By" defaultValue={filter.by}
          options={[{ value: '', label: 'By anybody' }, { value: 'user', label: 'By members' }, { value: 'api_key', label: 'By API keys' }, { value: 'support', label: 'In support sessions' }, { value: 'system', label: 'By the system' }]}
          className="sm:w-48"
        />
        <label className="flex flex-col text-xs text-text-muted">From<Input name="from" type="date" defaultValue={filter.from} className="sm:w-36" /></label>
        <label className="flex flex-col text-xs text-text-muted">Until<Input name="until" type="date" defaultValue={filter.until} className="sm:w-36" /></label>
        {filter.record && <input type="hidden" name="record" value={filter.record} />}
        {filter.support && <input type="hidden" name="support" value={filter.support} />}
        <Button type="submit">Apply</Button>
        {isFiltered && <AppLink href={bare} className={buttonClass({ variant: 'ghost' })}>Clear</AppLink>}
      </form>
    </search>
  )
}
