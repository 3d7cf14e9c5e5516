import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { memberPage } from '@/lib/auth/session'
import { NotFoundError } from '@/lib/errors'
import { can } from '@/lib/authorization/permissions'
import { listMemberRows } from '@/lib/members/member-list'
import { listMembers } from '@/lib/members/members'
import { holdsAnything, readHoldings } from '@/lib/members/offboarding'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { OffboardForm } from './offboard-form'

export const metadata: Metadata = { title: 'Offboarding' }

// Automation opens nothing and does no task. Only who manages members is told who is one.
async function listHeirs(scope: Scope): Promise<{ userId: string; name: string }[]> {
  if (!can(scope.member.role, 'members:manage')) return listMembers(scope)
  const { members } = await listMemberRows(scope, { q: '', role: '', status: 'active', page: 1 }, 1_000)
  return members.filter(({ facts }) => facts?.kind === 'person')
}

type Props = { params: Promise<{ organization: string; member: string }> }

/** Before somebody goes: what they hold, who takes it over, and what will stop. Afterwards: what was left behind. */
export default async function OffboardingPage({ params }: Props) {
  const { organization, member } = await params
  const { leaver, holdings, others, me } = await memberPage(organization, async (scope) => {
    if (!/^[0-9a-f-]{36}$/.test(member)) throw new NotFoundError()
    const found = await readHoldings(scope, member)
    if (found.leaver.hasLeft && !holdsAnything(found.holdings)) throw new NotFoundError()
    return { ...found, others: (await listHeirs(scope)).filter(({ userId }) => userId !== found.leaver.userId), me: scope.member }
  })
  const { projects, otherProjectCount, privateCount, trashCount, privateTrashCount, openTaskCount, teamCount, grantCount, keyCount, viewCount } = holdings
  const count = (how: number, one: string, more = `${one}s`) => `${how.toLocaleString('en')} ${how === 1 ? one : more}`
  const stops = [
    'Every session here ends on the next click.',
    ...(keyCount > 0 ? [`${count(keyCount, 'API key')} and the programs that use ${keyCount === 1 ? 'it' : 'them'} stop at once, for good.`] : []),
    ...(teamCount > 0 ? [`The seat in ${count(teamCount, 'team')} ends.`] : []),
    ...(grantCount > 0 ? [`${count(grantCount, 'project')} shared by name ${grantCount === 1 ? 'is' : 'are'} shared no longer.`] : []),
    ...(viewCount > 0 ? [`${count(viewCount, 'saved view')} that everybody sees ${viewCount === 1 ? 'goes' : 'go'}.`] : []),
    'Coming back takes a new invitation, and brings none of this back.',
    'Comments, history and finished tasks keep the name.',
  ]
  return (
    <>
      <PageHeader
        title={leaver.hasLeft ? `Left behind by ${leaver.name}` : leaver.isMe ? `Leave ${me.organization.name}` : `Remove ${leaver.name}`}
        description="Nothing is lost: choose who takes over what is held." breadcrumbs={[{ label: 'Members', href: `/${organization}/settings/members` }]}
      />
      <div className="flex max-w-2xl flex-col gap-6">
        <Card>
          <CardHeader title={leaver.isMe ? 'What you hold' : leaver.hasLeft ? 'What is held' : `What ${leaver.name} holds`} />
          <CardBody className="flex flex-col gap-3">
            {!holdsAnything(holdings) && trashCount === 0 && <p>Nothing that somebody would have to take over.</p>}
            {projects.length > 0 && (
              <div>
                <h3 className="font-medium">{count(projects.length + otherProjectCount, 'project')}</h3>
                <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-[0.8125rem]">
                  {projects.slice(0, 20).map(({ id, name, slug }) => <li key={id}>{slug ? <AppLink href={`/${organization}/projects/${slug}`} className="underline">{name}</AppLink> : name}</li>)}
                </ul>
              </div>
            )}
            {privateCount > 0 && <p><span className="font-medium">{count(privateCount, 'private project')}</span> <span className="text-text-muted">{privateCount === 1 ? 'whose name' : 'whose names'} nobody else may see</span></p>}
            {privateTrashCount > 0 && (
              <p><span className="font-medium">{count(privateTrashCount, 'private project')} in the trash</span> <span className="text-text-muted">{leaver.isMe ? 'that only whoever takes over can restore' : 'that nobody else can restore'}</span></p>
            )}
            {trashCount > 0 && <p><span className="font-medium">{count(trashCount, 'project')} in the trash</span> <span className="text-text-muted">that owners and admins can restore too</span></p>}
            {openTaskCount > 0 && <p className="font-medium">{count(openTaskCount, 'open task')}</p>}
          </CardBody>
        </Card>
        {!leaver.hasLeft && (
          <Card>
            <CardHeader title="What will stop" />
            <CardBody><ul className="flex list-disc flex-col gap-1 ps-5">{stops.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></CardBody>
          </Card>
        )}
        <Card>
          <CardHeader title="Who takes over" />
          <CardBody>
            {leaver.isMe && others.length === 0 ? (
              <p>Nobody else is a member, so nobody can take over. Invite somebody first, or <AppLink href={`/${organization}/settings/danger`} className="underline">delete {me.organization.name}</AppLink>.</p>
            ) : (
              <OffboardForm
                leaver={leaver} people={others.map(({ userId, name }) => ({ value: userId, label: name }))}
                needs={{ projects: projects.length + otherProjectCount > 0, privates: privateCount > 0, privateTrash: privateTrashCount > 0, tasks: openTaskCount > 0 }}
                organization={me.organization.name} path={`/${organization}/settings/members`}
              />
            )}
          </CardBody>
        </Card>
      </div>
    </>
  )
}
