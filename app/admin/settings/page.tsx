import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { readConsoleSettings } from '@/lib/console/settings'
import { env } from '@/lib/env'
import { sendsMail } from '@/lib/mail/outbox'
import { SWITCHES, type SwitchKey } from '@/lib/switches/keys'
import { consolePage } from '../console-page'
import { SettingsForm } from './settings-form'
import { SwitchCard } from './switch-card'

export const metadata: Metadata = { title: 'Settings' }

export default async function ConsoleSettingsPage() {
  const { data: { signUp, allowed, contact, switches, overrides } } = await consolePage(readConsoleSettings)
  const { SIGN_UP, ALLOWED_ADDRESSES } = env()
  return (
    <>
      <PageHeader title="Settings" description="What holds for the whole installation. It acts on everybody’s next request; the environment is the bound." />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card>
          <CardHeader title="Sign-up and who may come in" />
          <CardBody><SettingsForm signUp={signUp ?? ''} allowed={allowed} contact={contact} environment={{ signUp: SIGN_UP ?? '', allowed: ALLOWED_ADDRESSES, sendsMail: sendsMail() }} /></CardBody>
        </Card>
        <div className="flex flex-col gap-4">
          <SwitchCard switches={switches} />
          {overrides.length > 0 && (
            <Card>
              <CardHeader title="Otherwise in" />
              <CardBody>
                <ul className="flex flex-col gap-2">
                  {overrides.map((place) => <li key={place.id} className="flex flex-wrap items-center gap-2"><AppLink href={`/admin/organizations/${place.id}`} className="min-w-0 flex-1 wrap-anywhere hover:underline">{place.name}</AppLink>{(Object.entries(place.switches) as [SwitchKey, boolean][]).map(([key, isOn]) => <Badge key={key} tone={isOn ? 'success' : 'neutral'}>{SWITCHES[key]?.label ?? key}: {isOn ? 'on' : 'off'}</Badge>)}</li>)}
                </ul>
              </CardBody>
            </Card>
          )}
        </div>
      </div>
    </>
  )
}
