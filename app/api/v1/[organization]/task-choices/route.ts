import { z } from 'zod'
import { memberRoute } from '@/lib/api/member-route'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import { findTasks } from '@/lib/links/candidates'
import { isOn } from '@/lib/modules/modules'

const querySchema = z.string().trim().min(1).max(200).refine((text) => !text.includes('\0') && text.isWellFormed())
const projectSchema = z.uuid().nullable()

/** Tasks by number, key or words, for whoever picks one. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return memberRoute(organization, async (scope) => {
    const { searchParams } = new URL(request.url)
    const [query, project] = [querySchema.safeParse(searchParams.get('q')), projectSchema.safeParse(searchParams.get('project'))]
    if (!query.success) throw new InvalidError('Write 1 to 200 characters to search for.')
    if (!project.success) throw new InvalidError('This is no id of a project.')
    if (scope.key) authorize(scope, 'tasks:read')
    if (!isOn(scope.member, 'projects')) return { items: [] }
    return { items: await findTasks(scope, query.data, project.data ?? undefined) }
  })
}
