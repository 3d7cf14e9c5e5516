'use client'

import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Select } from '@/components/ui/select'
import type { OrganizationState } from '@/lib/console/schema'
import { ActDialog } from '../../act-dialog'
import { bringBack, cancel, changePlan, resume, suspend } from '../actions'

/** What its state allows; the database holds the same. */
export function OrganizationActs({ id, name, slug, state }: { id: string; name: string; slug: string; state: OrganizationState }) {
  const hidden = { id }
  const isOpen = state === 'trial' || state === 'active'
  return (
    <>
      <ActDialog isOffered={isOpen} label="Suspend" title={`Suspend ${name}?`} consequence="Nobody works in it from the next click on, its keys are refused. Everything in it stays." action={suspend} hidden={hidden} tone="danger" reason="Its members read it in place of every page, and its owners by mail." />
      <ActDialog isOffered={state === 'suspended'} label="Open again" title={`Open ${name} again?`} consequence="Everybody goes on as before, from the next click on." action={resume} hidden={hidden} />
      <ActDialog isOffered={isOpen || state === 'suspended'} label="Cancel organization" title={`Cancel ${name}?`} consequence="Gone for everybody at once, its owner too. For 30 days the platform can bring it back; then every row and file is erased." confirmLabel="Cancel the organization" action={cancel} hidden={hidden} tone="danger" look="danger" reason="Its owners read it by mail." typed={slug} />
      <ActDialog isOffered={state === 'cancelled' || state === 'deleted'} label="Bring back" title={`Bring ${name} back?`} consequence="With everything that was in it." action={bringBack} hidden={hidden} look="primary" />
    </>
  )
}

export function PlanAct({ id, name, planKey, plans }: { id: string; name: string; planKey: string; plans: { value: string; label: string }[] }) {
  return (
    <ActDialog label="Change plan" title={`Change the plan of ${name}`} consequence="Its limits act at once. A smaller plan lets nothing more in and takes nothing away, but after 30 days history that it does not keep." small action={changePlan} hidden={{ id }} read={{ was: planKey }} changed={({ was }) => <FormMessage tone="info">It is {plans.find(({ value }) => value === was)?.label ?? String(was)} now.</FormMessage>}>
      {({ error, value }) => <Field label="Plan" required error={error('plan')}><Select name="plan" defaultValue={value('plan', planKey)} options={plans} /></Field>}
    </ActDialog>
  )
}
