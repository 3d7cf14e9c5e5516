'use client'

import { amount, LIMIT_WORDS, usedOf } from '@/app/[organization]/settings/plan/words'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Select } from '@/components/ui/select'
import type { OrganizationFacts } from '@/lib/console/organizations'
import { ActDialog } from '../../act-dialog'
import { changeLimit } from '../actions'

const MODES = [{ value: 'plan', label: 'As the plan says' }, { value: 'own', label: 'A number of its own' }, { value: 'none', label: 'Unlimited' }]

export function UsageCard({ id, name, usage }: { id: string; name: string; usage: OrganizationFacts['usage'] }) {
  return (
    <Card>
      <CardHeader title="Usage and limits" />
      <CardBody className="flex flex-col gap-4">
        {usage.map(({ key, used, max, isOwn }) => {
          const { label, atLimit } = LIMIT_WORDS[key]
          return (
            <div key={key} className="flex flex-col gap-1.5">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="flex-1"><span className="font-medium">{label}</span> {isOwn && <Badge tone="info">its own limit</Badge>}</span>
                <span className="text-text-muted tabular-nums">{usedOf(key, used, max)}</span>
                <ActDialog label="Change" small title={`Change the limit of ${label.toLowerCase()}`} consequence={`Of ${name}, at once. ${atLimit}`} action={changeLimit} hidden={{ id, key }} read={{ was: !isOwn ? 'plan' : (max ?? 'none') }} changed={(current) => <FormMessage tone="info">It is {amount(key, current.max as number | null)} now{current.was === 'plan' && ', as the plan says'}.</FormMessage>}>
                  {({ error, value }) => (
                    <>
                      <Field label="Limit" required hint={`Now: ${amount(key, max)}.`} error={error('mode')}><Select name="mode" defaultValue={value('mode', !isOwn ? 'own' : max === null ? 'none' : 'own')} options={MODES} /></Field>
                      <Field label="Number" hint="Where it has one of its own." error={error('value')}><Input name="value" inputMode="numeric" defaultValue={value('value', max === null ? '' : String(max))} maxLength={10} autoComplete="off" /></Field>
                    </>
                  )}
                </ActDialog>
              </div>
              {max !== null && <ProgressBar label={`${label}: ${used} of ${max}`} value={used} max={Math.max(max, 1)} tone={used >= max ? 'danger' : used >= max * 0.8 ? 'warning' : 'accent'} showValue />}
            </div>
          )
        })}
      </CardBody>
    </Card>
  )
}
