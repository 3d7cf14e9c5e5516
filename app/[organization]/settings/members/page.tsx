import { Users } from 'lucide-react'
import type { Metadata } from 'next'
import { ExportMenu } from '@/app/[organization]/exports/export-menu'
import { openedViews } from '@/app/[organization]/views/opened-views'
import { ViewsMenu } from '@/app/[organization]/views/views-menu'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button-class'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { RelativeTime } from '@/components/ui/relative-time'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { respondWith } from '@/lib/http/response'
import { listMemberRows } from '@/lib/members/member-list'
import { memberFilterSchema } from '@/lib/members/schema'
import { MemberFilterBar } from './member-filter-bar'
import { MemberMenu } from './member-menu'
import { HoldsBadge, SignInFacts, StatusBadge } from './member-facts'

export const metadata: Metadata = { title: 'Members' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function MembersPage({ params, searchParams }: Props) {
  const query = await searchParams
  const parsed = memberFilterSchema.safeParse(query)
  const filter = parsed.success ? parsed.data : memberFilterSchema.parse({})
  if (!parsed.success) respondWith(422)
  const { members, total, hasMore, holderCount, me, views } = await memberPage((await params).organization, async (scope) => {
    const views = await openedViews(scope, 'members', '/settings/members', query)
    return { ...(await listMemberRows(scope, filter)), me: scope.member, views }
  })
  const path = `/${me.organization.slug}/settings/members`
  const manages = can(me.role, 'members:manage')
  const at = (page: number) => `${path}?${new URLSearchParams(Object.entries({ ...filter, left: '', page: String(page) }).filter(([, value]) => value !== ''))}`
  return (
    <>
      <PageHeader
        title="Members" description={`${total.toLocaleString('en')} ${total === 1 ? 'person' : 'people'}.`}
        actions={<>
          <ViewsMenu list="members" views={views} mayShare={can(me.role, 'views:share')} />
          <ExportMenu list="members" />
          {can(me.role, 'invitations:create') && <AppLink href={`/${me.organization.slug}/settings/invitations`} className={buttonClass({ variant: 'primary' })}>Invite somebody</AppLink>}
        </>}
      />
      {filter.left > 0 && (
        <p role="status" className="mb-4 rounded-md bg-warning-soft px-3 py-2 text-warning">
          {filter.left === 1 ? 'One open task waits' : `${filter.left.toLocaleString('en')} open tasks wait`} for somebody: <AppLink href={`/${me.organization.slug}/tasks?assignee=nobody&status=open`} className="underline">tasks without anyone</AppLink>.
        </p>
      )}
      {holderCount > 0 && filter.status !== 'holding' && (
        <p className="mb-4 rounded-md bg-warning-soft px-3 py-2 text-warning">
          {holderCount === 1 ? 'One person who has left still holds' : `${holderCount.toLocaleString('en')} people who have left still hold`} projects, also in the trash, or open tasks: <AppLink href={`${path}?status=holding`} className="underline">hand them over</AppLink>.
        </p>
      )}
      <MemberFilterBar filter={filter} />
      {members.length === 0 ? (
        <EmptyState icon={<Users />} title="Nobody fits">Try another name, role or status.</EmptyState>
      ) : (
        <>
          <Table caption="Members" className="mt-4">
            <TableHead>
              <Th>Name</Th><Th>Role</Th><Th>Status</Th>
              {manages && <Th>Signs in by</Th>}
              <Th>Last active</Th>
              <Th labelHidden>Acts</Th>
            </TableHead>
            <TableBody>
              {members.map((member) => (
                <Tr key={member.id}>
                  <Td primary className="cards:pe-10">
                    <span className="wrap-anywhere">{member.name}</span> {member.isMe && <Badge>you</Badge>}
                    {member.facts?.email && <span className="block text-[0.8125rem] font-normal wrap-anywhere text-text-muted">{member.facts.email}</span>}
                  </Td>
                  <Td label="Role">{member.role}</Td>
                  <Td label="Status"><span className="flex flex-wrap items-center gap-1"><StatusBadge status={member.status} />{member.holds && <HoldsBadge holds={member.holds} />}</span></Td>
                  {manages && <Td label="Signs in by"><SignInFacts facts={member.facts} /></Td>}
                  <Td label="Last active" className="whitespace-nowrap text-text-muted">{member.lastActiveAt ? <RelativeTime iso={member.lastActiveAt.toISOString()} timeZone={me.timezone} /> : 'never'}</Td>
                  <Td align="end" className="cards:absolute cards:end-2 cards:top-2"><MemberMenu member={member} myRole={me.role} path={path} /></Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
          <Pagination previousHref={filter.page > 1 ? at(filter.page - 1) : undefined} nextHref={hasMore ? at(filter.page + 1) : undefined} />
        </>
      )}
    </>
  )
}
