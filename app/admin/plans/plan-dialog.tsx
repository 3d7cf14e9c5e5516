'use client'

import { Conflict } from '@/components/forms/conflict'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { PlanLine } from '@/lib/console/plans'
import { ActDialog } from '../act-dialog'
import { addPlan, dropPlan, updatePlan } from './actions'

const LIMITS = [['members', 'Members'], ['projects', 'Projects'], ['storageMb', 'Files, in MB'], ['apiCallsPerHour', 'API calls an hour'], ['auditDays', 'Days that history is kept'],
  ['requestsPerMinute', 'Requests a minute'], ['statementSecondsPerMinute', 'Seconds in the database a minute'], ['exportedRowsPerHour', 'Rows taken away an hour']] as const

const NAMES: Record<string, string> = { name: 'Name', price: 'Price a month', position: 'Place in the list', ...Object.fromEntries(LIMITS) }

/** Without a plan: a new one. */
export function PlanDialog({ plan, position }: { plan?: PlanLine; position?: number }) {
  return (
    <ActDialog
      label={plan ? 'Change' : 'New plan'} small={Boolean(plan)} look={plan ? 'secondary' : 'primary'} title={plan ? `Change ${plan.name}` : 'New plan'} confirmLabel="Save" action={plan ? updatePlan : addPlan} hidden={plan && { key: plan.key }} read={plan && { version: plan.version }}
      changed={(current, { value }) => <Conflict names={NAMES} current={{ ...current, price: String(Number(current.monthlyPrice) / 100) }} typed={Object.fromEntries(Object.keys(NAMES).map((field) => [field, value(field)]))} />}
      consequence={plan && plan.organizations > 0 ? `Acts at once on the ${plan.organizations === 1 ? 'one organization that has' : `${plan.organizations} organizations that have`} it. A lower limit removes nothing; a shorter history goes after 30 days.` : undefined}
    >
      {({ error, value }) => (
        <>
          <Field label="Name" required error={error('name')}><Input name="name" defaultValue={value('name', plan?.name)} maxLength={60} autoComplete="off" /></Field>
          {!plan && <Field label="Key" required hint="Small letters. It stays what it is." error={error('key')}><Input name="key" defaultValue={value('key')} maxLength={40} autoComplete="off" autoCapitalize="none" /></Field>}
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Price a month" required hint="A year costs ten months." error={error('price')}><Input name="price" inputMode="decimal" defaultValue={value('price', plan ? String(plan.monthlyPrice / 100) : '')} maxLength={10} autoComplete="off" /></Field>
            <Field label="Place in the list" required error={error('position')}><Input name="position" inputMode="numeric" defaultValue={value('position', String(plan?.position ?? position ?? 1))} maxLength={4} autoComplete="off" /></Field>
            {LIMITS.map(([key, label]) => <Field key={key} label={label} hint="Empty: unlimited." error={error(key)}><Input name={key} inputMode="numeric" defaultValue={value(key, plan?.[key]?.toString() ?? '')} maxLength={10} autoComplete="off" /></Field>)}
          </div>
        </>
      )}
    </ActDialog>
  )
}

export function RemovePlan({ plan: { key, name, version } }: { plan: PlanLine }) {
  return <ActDialog label="Remove" small look="ghost" title={`Remove ${name}?`} consequence="No organization has it." action={dropPlan} hidden={{ key }} read={{ version }} tone="danger" />
}
