import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { memberPage } from '@/lib/auth/session'
import { listLabels } from '@/lib/labels/labels'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { getProject, type Project } from '@/lib/projects/projects'
import { listShares } from '@/lib/projects/sharing'
import { listTeams } from '@/lib/teams/teams'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'

type Params = { organization: string; project: string }

/** What every page of a project needs, and its own reads, in one transaction. */
export async function projectPage<T>({ organization, project: slug }: Params, read: (scope: Scope, place: { project: Project; today: string }) => Promise<T>) {
  return memberPage(organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const project = await getProject(scope, slug)
    const today = toDay(new Date(), scope.member.organization.timezone)
    return {
      member: scope.member, project, today,
      shares: project.access.canManage ? await listShares(scope, project.id) : [],
      teams: await listTeams(scope),
      choices: { members: await listMembers(scope), labels: await listLabels(scope) },
      result: await read(scope, { project, today }),
    }
  })
}

/** The project's name for the title of the window; a project that I cannot see has none. */
export const projectTitle = cache(async ({ organization, project }: Params): Promise<string> =>
  memberPage(organization, async ({ tx }) => {
    const found = await tx.project.findFirst({ where: { slug: project }, include: { container: true } })
    return found?.container.name ?? 'Not found'
  }),
)
