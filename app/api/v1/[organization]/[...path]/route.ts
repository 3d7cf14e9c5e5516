import { restRoute } from '@/lib/api/rest'

type Context = { params: Promise<{ organization: string; path: string[] }> }

/** What programs read and write, by the table of lib/api/rest-table. */
async function answer(request: Request, { params }: Context): Promise<Response> {
  const { organization, path } = await params
  return restRoute(request, organization, path)
}

export { answer as GET, answer as POST, answer as PATCH, answer as PUT, answer as DELETE }
