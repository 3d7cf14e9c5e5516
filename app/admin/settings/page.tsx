import { ToggleRight } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { overrideFilterSchema } from '@/lib/console/schema-settings'
import { listOverrides, readConsoleSettings } from '@/lib/console/settings'
import { env } from '@/lib/env'
import { sendsMail } from '@/lib/mail/outbox'
import { SWITCHES, type SwitchKey } from '@/lib/switches/keys'
import { consolePage } from '../console-page'
import { FilterBar, listPath } from '../filter-bar'
import { SettingsForm } from './settings-form'
import { SwitchCard } from './switch-card'

export const metadata: Metadata = { title: 'Settings' }

export default async function ConsoleSettingsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const filter = overrideFilterSchema.parse(await searchParams)
  const { data: { settings: { signUp, allowed, contact, version, switches }, overrides: { rows, next } } } = await consolePage(async (token) => ({ settings: await readConsoleSettings(token), overrides: await listOverrides(token, filter) }))
  const { SIGN_UP, ALLOWED_ADDRESSES } = env()
  return (
    <>
      <PageHeader title="Settings" description="What holds for the whole installation. It acts on everybody’s next request; the environment is the bound." />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card>
          <CardHeader title="Sign-up and who may come in" />
          <CardBody><SettingsForm signUp={signUp ?? ''} allowed={allowed} contact={contact} version={version} environment={{ signUp: SIGN_UP ?? '', allowed: ALLOWED_ADDRESSES, sendsMail: sendsMail() }} /></CardBody>
        </Card>
        <div className="flex flex-col gap-4">
          <SwitchCard switches={switches} />
          <Card>
            <CardHeader title="Otherwise in" description="Organizations that have a switch of their own." />
            <CardBody>
              {(rows.length > 0 || filter.q || filter.after) && <FilterBar path="/admin/settings" q={filter.q} placeholder="Name" isFiltered={Boolean(filter.q)} />}
              {rows.length === 0 ? <EmptyState icon={<ToggleRight />} title={filter.q ? 'No such organization' : 'None'}>{filter.q ? 'Names are searched from their beginning, among those with a switch of their own.' : 'A switch of one organization is set on its page.'}</EmptyState> : (
                <>
                  <ul className="flex flex-col gap-2">
                    {rows.map((place) => <li key={place.id} className="flex flex-wrap items-center gap-2"><AppLink href={`/admin/organizations/${place.id}`} className="min-w-0 flex-1 wrap-anywhere hover:underline">{place.name}</AppLink>{(Object.entries(place.switches) as [SwitchKey, boolean][]).map(([key, isOn]) => <Badge key={key} tone={isOn ? 'success' : 'neutral'}>{SWITCHES[key]?.label ?? key}: {isOn ? 'on' : 'off'}</Badge>)}</li>)}
                  </ul>
                  <Pagination previousHref={filter.after ? listPath('/admin/settings', { q: filter.q }) : undefined} nextHref={next ? listPath('/admin/settings', { q: filter.q, after: next }) : undefined} />
                </>
              )}
            </CardBody>
          </Card>
        </div>
      </div>
    </>
  )
}
