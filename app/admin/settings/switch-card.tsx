'use client'

import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { FormMessage } from '@/components/ui/form-message'
import { SWITCH_KEYS, SWITCHES, type SwitchKey } from '@/lib/switches/keys'
import { ActDialog } from '../act-dialog'
import { changeSwitch } from './actions'

type Props = { switches: Partial<Record<SwitchKey, boolean>>; /** Without one: the whole installation's. */ organization?: string; name?: string }

export function SwitchCard({ switches, organization = '', name = 'this installation' }: Props) {
  return (
    <Card>
      <CardHeader title="Switches" description={organization ? 'Where this organization has it otherwise than the installation.' : 'For all organizations that have nothing of their own.'} />
      <CardBody className="flex flex-col gap-3">
        {SWITCH_KEYS.filter((key) => !organization || SWITCHES[key].ofOrganizations).map((key) => {
          const { label, description, standard } = SWITCHES[key]
          const own = switches[key]
          const isOn = own ?? standard
          const act = (wish: 'on' | 'off' | 'standard', words: string, isOffered = true) => <ActDialog isOffered={isOffered} label={words} small title={`${words}: ${label}?`} consequence={`For ${name}, from everybody’s next request on.`} confirmLabel={words} action={changeSwitch} hidden={{ key, organization, enabled: wish }} read={{ was: own === undefined ? 'standard' : own ? 'on' : 'off' }} changed={({ was }) => <FormMessage tone="info">It is {was === 'standard' ? 'as elsewhere' : String(was)} now.</FormMessage>} />
          return (
            <div key={key} className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="min-w-0 flex-1 basis-48"><span className="font-medium">{label}</span> {organization && own === undefined ? <Badge>as the installation</Badge> : <Badge tone={isOn ? 'success' : 'neutral'}>{isOn ? 'on' : 'off'}</Badge>}<span className="block text-[0.8125rem] text-text-muted">{description}</span></span>
              {organization ? <>{act('on', 'Switch on', own !== true)}{act('off', 'Switch off', own !== false)}{act('standard', 'As elsewhere', own !== undefined)}</> : act(isOn ? 'off' : 'on', isOn ? 'Switch off' : 'Switch on')}
            </div>
          )
        })}
      </CardBody>
    </Card>
  )
}
