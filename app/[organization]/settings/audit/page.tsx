import { History } from 'lucide-react'
import type { Metadata } from 'next'
import { openedViews } from '@/app/[organization]/views/opened-views'
import { ViewsMenu } from '@/app/[organization]/views/views-menu'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterChip } from '@/components/ui/filter-chip'
import { Moment } from '@/components/ui/moment'
import { Pagination } from '@/components/ui/pagination'
import { RelativeTime } from '@/components/ui/relative-time'
import { auditFilterSchema, findSupportOf, listAuditActions, listAuditEvents } from '@/lib/audit/audit-list'
import { describeAction } from '@/lib/audit/words'
import { memberPage } from '@/lib/auth/session'
import { authorize, can } from '@/lib/authorization/permissions'
import { respondWith } from '@/lib/http/response'
import { listMembers } from '@/lib/members/members'
import { bareAddress } from '@/lib/views/address'
import { ExportMenu } from '../../exports/export-menu'
import { AuditFilterBar } from './audit-filter-bar'
import { Changes } from './changes'
import { VerifyCard } from './verify-card'

export const metadata: Metadata = { title: 'Audit log' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditPage({ params, searchParams }: Props) {
  const query = await searchParams
  const parsed = auditFilterSchema.safeParse(query)
  const filter = parsed.success ? parsed.data : auditFilterSchema.parse({})
  if (!parsed.success) respondWith(422)
  const { events, nextCursor, choices, members, member, views, visit } = await memberPage((await params).organization, async (scope) => {
    authorize(scope, 'audit:read')
    const views = await openedViews(scope, 'audit', '/settings/audit', query)
    return { views, ...(await listAuditEvents(scope, filter)), choices: await listAuditActions(scope), members: await listMembers(scope), visit: await findSupportOf(scope, filter), member: scope.member }
  })
  const path = `/${member.organization.slug}/settings/audit`
  const names = new Map(members.map(({ userId, name }) => [userId, name]))
  const pathWith = (more: Partial<typeof filter>) => {
    const kept = new URLSearchParams(Object.entries({ ...filter, ...more }).filter(([, value]) => value !== ''))
    return kept.size > 0 ? `${path}?${kept}` : path
  }
  return (
    <>
      <PageHeader
        title="Audit log" description="Every change, written in the same transaction as the change itself. Nobody can edit it."
        actions={<><ViewsMenu list="audit" views={views} mayShare={can(member.role, 'views:share')} /><ExportMenu list="audit" /></>}
      />
      <VerifyCard />
      <AuditFilterBar path={path} bare={bareAddress(path, views.some(({ isDefault }) => isDefault))} filter={filter} members={members} choices={choices} />
      {filter.support && <FilterChip href={pathWith({ support: '', before: '' })}>{visit ? <>Support session of {visit.adminName}, <Moment iso={visit.at.toISOString()} timeZone={member.timezone} /></> : 'A support session that was not here'}</FilterChip>}
      {events.length === 0 ? (
        <EmptyState icon={<History />} title="No such event">Nothing that fits these filters has happened.</EmptyState>
      ) : (
        <>
          <Table caption="Events">
            <TableHead>
              <Th>When</Th>
              <Th>Who</Th>
              <Th>What</Th>
              <Th>Changes</Th>
            </TableHead>
            <TableBody>
              {events.map((event) => (
                <Tr key={event.id}>
                  <Td label="When" className="whitespace-nowrap text-text-muted"><AppLink href={`${path}/${event.id}`} className="hover:underline"><RelativeTime iso={event.at.toISOString()} timeZone={member.timezone} /></AppLink></Td>
                  <Td label="Who" className="whitespace-nowrap">{event.actorName}</Td>
                  <Td primary>
                    {describeAction(event.action, event.label !== null)} {!event.success && <Badge tone="danger">refused</Badge>}
                    <span className="ms-1 font-normal text-text-muted">{event.label ?? (event.isPrivate ? '(a private record)' : (event.reason ?? ''))}</span>
                  </Td>
                  <Td label="Changes" className="text-[0.8125rem] text-text-muted"><Changes changes={event.changes} names={names} /></Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
          <Pagination previousHref={filter.before ? pathWith({ before: '' }) : undefined} nextHref={nextCursor ? pathWith({ before: nextCursor }) : undefined} />
        </>
      )}
    </>
  )
}
