import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { readPerson } from '@/lib/console/people'
import { consolePage, requireId } from '../../console-page'
import { Fact, Facts } from '../../facts'
import { listPath } from '../../filter-bar'
import { AccountState } from '../account-state'
import { AccountActs, SuperAdminActs } from './acts'

export const metadata: Metadata = { title: 'Person' }

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const id = requireId((await params).id)
  const { data: one, zone } = await consolePage((token) => readPerson(token, id))
  const when = (iso: string | null) => (iso ? <RelativeTime iso={iso} timeZone={zone} /> : 'never')
  const ways = [one.hasPassword && 'password', ...one.providers, one.passkeys > 0 && 'passkey'].filter(Boolean).join(', ')
  const factors = [one.hasTotp && 'authenticator', one.passkeys > 0 && (one.passkeys === 1 ? '1 passkey' : `${one.passkeys} passkeys`), one.recoveryCodes > 0 && `${one.recoveryCodes} recovery codes`].filter(Boolean).join(', ')
  return (
    <>
      <PageHeader title={one.name} breadcrumbs={[{ label: 'People', href: '/admin/people' }]} badge={<><AccountState status={one.status} />{one.isSuperAdmin && <Badge tone="accent">super-admin</Badge>}</>} description={one.email} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card>
          <CardHeader title="Account" />
          <CardBody className="flex flex-col gap-4">
            <Facts>
              <Fact name="Address">{one.email} {!one.isEmailVerified && <Badge tone="warning">not confirmed</Badge>}</Fact>
              <Fact name="Signs in by">{ways || 'nothing yet'}</Fact><Fact name="Second factor">{factors || 'none'}</Fact>
              <Fact name="Open sessions">{one.sessions}</Fact><Fact name="Created">{when(one.createdAt)}</Fact><Fact name="Signed in">{when(one.lastLoginAt)}</Fact>
              <Fact name="History"><AppLink href={listPath('/admin/audit', { person: one.email })} className="link">What they did, and what was done to them</AppLink></Fact>
            </Facts>
            {one.isMe ? <p className="text-text-muted">This is you. Your own account is changed <AppLink href="/account" className="link">where everybody changes theirs</AppLink>.</p> : <AccountActs id={one.id} name={one.name} isActive={one.status === 'active'} hasFactor={one.hasTotp || one.passkeys > 0} sessions={one.sessions} />}
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Organizations" />
          <CardBody>
            {one.organizations.length === 0 ? <p className="text-text-muted">In none.</p> : (
              <ul className="flex flex-col divide-y">
                {one.organizations.map((place) => <li key={place.id} className="flex flex-wrap items-center gap-2 py-2"><AppLink href={`/admin/organizations/${place.id}`} className="min-w-0 flex-1 font-medium wrap-anywhere hover:underline">{place.name}</AppLink><Badge>{place.role}</Badge>{place.status !== 'active' && <Badge tone="warning">{place.status.replaceAll('_', ' ')}</Badge>}{place.isLastOwner && <Badge tone="info">last owner</Badge>}</li>)}
              </ul>
            )}
          </CardBody>
        </Card>
        <Card className="xl:col-span-2">
          <CardHeader title="Running this installation" description="Takes two super-admins: one who asks and another who approves, within 24 hours. Taking it away takes one, who is not the person." />
          <CardBody className="flex flex-col items-start gap-3">
            {one.request && <p className="wrap-anywhere">{one.request.by} asks that {one.name} becomes a super-admin: {one.request.reason} <span className="text-text-muted">Open for a decision until <RelativeTime iso={one.request.expiresAt} timeZone={zone} />.</span></p>}
            {!one.request && <p className="text-text-muted">{one.isSuperAdmin ? `${one.isMe ? 'You are' : `${one.name} is`} a super-admin.` : `${one.name} is no super-admin.`}</p>}
            <SuperAdminActs id={one.id} name={one.name} isMe={one.isMe} isActive={one.status === 'active'} isSuperAdmin={one.isSuperAdmin} request={one.request} />
          </CardBody>
        </Card>
      </div>
    </>
  )
}
