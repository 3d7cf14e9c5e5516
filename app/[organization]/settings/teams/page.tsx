import { Users } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listMembers } from '@/lib/members/members'
import { listTeamSummaries } from '@/lib/teams/team-list'
import { NewTeamDialog } from './team-forms'

export const metadata: Metadata = { title: 'Teams' }

export default async function TeamsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { teams, members, member } = await memberPage((await params).organization, async (scope) => ({ teams: await listTeamSummaries(scope), members: await listMembers(scope), member: scope.member }))
  const path = `/${member.organization.slug}/settings/teams`
  const mayCreate = can(member.role, 'teams:create')
  return (
    <>
      <PageHeader title="Teams" description="A project can be shown to a team alone, or name one among those who may work on it." actions={mayCreate && <NewTeamDialog members={members} />} />
      {teams.length === 0 ? (
        <EmptyState icon={<Users />} title="No teams yet">{mayCreate ? 'Make one, and projects can be shown to it alone.' : 'An owner or admin can make one.'}</EmptyState>
      ) : (
        <Table caption="Teams">
          <TableHead>
            <Th>Team</Th>
            <Th>Led by</Th>
            <Th align="end">Members</Th>
            <Th align="end">Projects</Th>
          </TableHead>
          <TableBody>
            {teams.map(({ id, name, description, leads, memberCount, projectCount, isMine }) => (
              <Tr key={id}>
                <Td primary>
                  <span className="flex flex-wrap items-center gap-2"><AppLink href={`${path}/${id}`} className="inline-flex min-h-6 items-center hover:underline">{name}</AppLink>{isMine && <Badge tone="accent">you</Badge>}</span>
                  {description && <span className="block text-[0.8125rem] font-normal text-text-muted">{description}</span>}
                </Td>
                <Td label="Led by" className="text-text-muted">{leads.join(', ') || 'nobody'}</Td>
                <Td label="Members" align="end">{memberCount}</Td>
                <Td label="Projects" align="end">{projectCount}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}
