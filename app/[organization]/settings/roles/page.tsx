import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { memberPage } from '@/lib/auth/session'
import { NotFoundError } from '@/lib/errors'
import { explainAccess, listExplainable } from '@/lib/explain-access/explain-access'
import { respondWith } from '@/lib/http/response'
import { listMembers } from '@/lib/members/members'
import { z } from 'zod'
import { AccessQuestion } from './access-question'
import { RoleTable } from './role-table'

export const metadata: Metadata = { title: 'Roles' }

const questionSchema = z.object({ person: z.union([z.literal(''), z.uuid()]).default(''), project: z.union([z.literal(''), z.uuid()]).default(''), task: z.string().regex(/^[0-9]{0,9}$/).default('') })
type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function RolesPage({ params, searchParams }: Props) {
  const parsed = questionSchema.safeParse(await searchParams)
  const question = parsed.success ? parsed.data : questionSchema.parse({})
  if (!parsed.success) respondWith(422)
  const { member, members, projects, answer, task } = await memberPage((await params).organization, async (scope) => {
    const isAsked = question.person !== '' && question.project !== ''
    const explained = isAsked ? await explainAccess(scope, question.project) : []
    const task = isAsked && question.task ? await scope.tx.task.findFirst({ where: { projectId: question.project, number: Number(question.task), deletedAt: null } }) : null
    if (isAsked && question.task && !task) throw new NotFoundError()
    const answer = explained.find(({ userId }) => userId === question.person)
    if (isAsked && !answer) throw new NotFoundError()
    return { member: scope.member, members: await listMembers(scope), projects: await listExplainable(scope), answer, task: task?.title ?? null }
  })
  return (
    <>
      <PageHeader title="Roles" description="What each role may do. Which projects somebody sees is said by the project, not by the role alone." />
      <div className="flex flex-col gap-6">
        <Card>
          <CardHeader title="Explain access" description="Who sees what, and by which rule." />
          <CardBody><AccessQuestion path={`/${member.organization.slug}/settings/roles`} members={members} projects={projects} question={question} answer={answer} task={task} /></CardBody>
        </Card>
        <RoleTable mine={member.role} />
      </div>
    </>
  )
}
