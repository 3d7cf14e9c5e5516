import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { findAuditEvent } from '@/lib/audit/audit-list'
import { describeAction } from '@/lib/audit/words'
import { memberPage } from '@/lib/auth/session'
import { NotFoundError } from '@/lib/errors'
import { listMembers } from '@/lib/members/members'
import { Changes } from '../changes'

export const metadata: Metadata = { title: 'Event' }

export default async function EventPage({ params }: { params: Promise<{ organization: string; event: string }> }) {
  const { organization, event: id } = await params
  const { event, names, me } = await memberPage(organization, async (scope) => {
    const found = /^[0-9a-f-]{36}$/.test(id) ? await findAuditEvent(scope, id) : null
    if (!found) throw new NotFoundError()
    return { event: found, names: new Map((await listMembers(scope)).map(({ userId, name }) => [userId, name])), me: scope.member }
  })
  const path = `/${organization}/settings/audit`
  const facts: [string, ReactNode][] = [
    ['When', <RelativeTime key="at" iso={event.at.toISOString()} timeZone={me.timezone} />],
    ['Who', event.actorName],
    ['Record', event.entityId ? <AppLink key="record" href={`${path}?record=${event.entityId}`} className="underline">{event.label || event.entityKind.replaceAll('_', ' ')}</AppLink> : event.label || '–'],
    ['Outcome', event.success ? <Badge key="outcome" tone="success">done</Badge> : <Badge key="outcome" tone="danger">refused</Badge>],
    ...(event.reason ? [['Reason', event.reason] as [string, ReactNode]] : []),
    ['Address', event.ip ?? '–'],
    ['Browser', event.userAgent ?? '–'],
    ['Request', event.requestId ? <code key="request" className="font-mono text-xs break-all">{event.requestId}</code> : '–'],
    ['Sealed', event.sealedBy ? `by seal ${event.sealedBy}` : 'within minutes'],
  ]
  return (
    <>
      <PageHeader title={describeAction(event.action)} breadcrumbs={[{ label: 'Audit log', href: path }]} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card>
          <CardHeader title="Event" />
          <CardBody>
            <dl className="grid grid-cols-[6rem_1fr] gap-x-4 gap-y-2">{facts.map(([name, value]) => <div key={name} className="contents"><dt className="text-text-muted">{name}</dt><dd className="min-w-0 wrap-anywhere">{value}</dd></div>)}</dl>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Before and after" />
          <CardBody>{event.isPrivate ? <p className="text-text-muted">It happened on a private record: that it did is told here, what it was is for its own people.</p> : <Changes changes={event.changes} names={names} />}</CardBody>
        </Card>
      </div>
    </>
  )
}
