import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { memberPage } from '@/lib/auth/session'
import { NotFoundError } from '@/lib/errors'
import { listLabels } from '@/lib/labels/labels'
import { listChanges } from '@/lib/live/changes'
import { ofProject } from '@/lib/live/unseen'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { getProject, type Project } from '@/lib/projects/projects'
import { listPlanChoices } from '@/lib/projects/plan-choices'
import { listShares } from '@/lib/projects/sharing'
import { listTeams } from '@/lib/teams/teams'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { listTargets } from '@/lib/tasks/move-to-project'
import { toDay } from '@/lib/text'

type Params = { organization: string; project: string }

/**
 * Whether there is such a project for me, once a request. Title and page wait for this one answer: two of their own would
 * come in an order that tells a hidden project from none.
 */
const projectName = cache(async (organization: string, slug: string): Promise<string> =>
  memberPage(organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const found = await scope.tx.project.findFirst({ where: { slug }, include: { container: true } })
    if (!found) throw new NotFoundError()
    return found.container.name
  }, { about: { project: slug, number: null } }),
)

export const projectTitle = ({ organization, project }: Params): Promise<string> => projectName(organization, project)

/** What every page of a project needs, and its own reads, in one transaction. */
export async function projectPage<T>({ organization, project: slug }: Params, read: (scope: Scope, place: { project: Project; today: string }) => Promise<T>) {
  await projectName(organization, slug)
  return memberPage(organization, async (scope) => {
    // Before anything is read, so that what changes meanwhile is read again.
    const changes = await listChanges(scope)
    const project = await getProject(scope, slug)
    const today = toDay(new Date(), scope.member.organization.timezone)
    return {
      seen: ofProject(changes, project.id),
      member: scope.member, project, today,
      shares: project.access.canManage ? await listShares(scope, project.id) : [],
      teams: await listTeams(scope),
      choices: { members: await listMembers(scope), labels: await listLabels(scope), ...(await listPlanChoices(scope, project.id)), targets: (await listTargets(scope)).filter(({ id }) => id !== project.id) },
      result: await read(scope, { project, today }),
    }
  })
}
