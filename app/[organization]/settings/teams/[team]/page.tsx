import { FolderKanban } from 'lucide-react'
import type { Metadata } from 'next'
import { z } from 'zod'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { NotFoundError } from '@/lib/errors'
import { listMembers } from '@/lib/members/members'
import { getTeam } from '@/lib/teams/team-list'
import { listTeams } from '@/lib/teams/teams'
import { EditTeamDialog } from '../team-forms'
import { DeleteTeamButton } from './delete-team-button'
import { AddToTeamForm, TeamMemberButtons } from './member-forms'

export const metadata: Metadata = { title: 'Team' }

const ACCESS_WORDS: Record<string, string> = { view: 'can see', edit: 'can change', manage: 'can manage' }

export default async function TeamPage({ params }: { params: Promise<{ organization: string; team: string }> }) {
  const { organization, team: id } = await params
  const { team, teams, members, member } = await memberPage(organization, async (scope) => {
    if (!z.uuid().safeParse(id).success) throw new NotFoundError()
    return { team: await getTeam(scope, id), teams: await listTeams(scope), members: await listMembers(scope), member: scope.member }
  })
  const base = `/${member.organization.slug}`
  const mayChange = can(member.role, 'teams:create')
  const outside = members.filter(({ userId }) => !team.members.some((one) => one.userId === userId))
  return (
    <>
      <PageHeader
        title={team.name}
        breadcrumbs={[{ label: 'Teams', href: `${base}/settings/teams` }]}
        description={team.description}
        actions={mayChange && (
          <><EditTeamDialog team={team} /><DeleteTeamButton team={team} others={teams.filter((one) => one.id !== id)} shown={team.projects.filter(({ isOnlyHere }) => isOnlyHere).map(({ name }) => name)} path={`${base}/settings/teams`} /></>
        )}
      />
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <Card>
          <CardHeader title={`Members (${team.members.length})`} description={team.mayLead ? 'A manager who leads the team says who is in it.' : undefined} />
          {team.mayLead && outside.length > 0 && <CardBody className="border-b"><AddToTeamForm id={team.id} people={outside} /></CardBody>}
          <ul className="divide-y">
            {team.members.map(({ userId, name, role, memberRole }) => (
              <li key={userId} className="flex flex-wrap items-center gap-3 px-4 py-2">
                <span className="min-w-0 flex-1 font-medium wrap-anywhere">{name}</span>
                {role === 'lead' && <Badge tone="accent">lead</Badge>}
                <Badge>{memberRole}</Badge>
                {team.mayLead && <TeamMemberButtons id={team.id} userId={userId} name={name} isLead={role === 'lead'} />}
              </li>
            ))}
            {team.members.length === 0 && <li className="px-4 py-6 text-center text-text-muted">Nobody is in this team.</li>}
          </ul>
        </Card>
        <Card>
          <CardHeader title={`Projects (${team.projects.length})`} description="Those that you see." />
          <ul className="divide-y">
            {team.projects.map(({ slug, name, access, isOnlyHere, isArchived }) => (
              <li key={`${slug} ${isOnlyHere}`} className="flex flex-wrap items-center gap-3 px-4 py-2">
                <AppLink href={`${base}/projects/${slug}`} className="inline-flex min-h-6 min-w-0 flex-1 items-center gap-2 font-medium hover:underline"><FolderKanban aria-hidden className="size-4 shrink-0 text-text-muted" />{name}</AppLink>
                {isArchived && <Badge tone="warning">archived</Badge>}
                <Badge tone={isOnlyHere ? 'info' : 'neutral'}>{isOnlyHere ? 'shown to it alone' : 'listed'}</Badge>
                <span className="text-[0.8125rem] text-text-muted">{ACCESS_WORDS[access]}</span>
              </li>
            ))}
            {team.projects.length === 0 && <li className="px-4 py-6 text-center text-text-muted">No project names this team. Share one with it.</li>}
          </ul>
        </Card>
      </div>
    </>
  )
}
