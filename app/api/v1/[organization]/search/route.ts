import { z } from 'zod'
import { memberRoute } from '@/lib/api/member-route'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import { isOn } from '@/lib/modules/modules'
import { findPlaces, kindsFor } from '@/lib/search/places'
import { findRecords } from '@/lib/search/search'

const querySchema = z.string().trim().min(1).max(200).refine((text) => !text.includes('\0') && text.isWellFormed())

export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return memberRoute(organization, async (scope) => {
    const query = querySchema.safeParse(new URL(request.url).searchParams.get('q'))
    if (!query.success) throw new InvalidError('Write 1 to 200 characters to search for.')
    if (scope.key) authorize(scope, 'tasks:read')
    if (!isOn(scope.member, 'projects')) return { items: [] }
    const kinds = kindsFor(scope)
    const { hits, instead } = await findRecords(scope, query.data, { kinds, words: kinds, limit: 20 })
    return { items: await findPlaces(scope, hits), instead }
  })
}
