import { Readable } from 'node:stream'
import { z } from 'zod'
import { parse, requireNoOtherSite } from '@/lib/actions/answer'
import { fileAnswer } from '@/lib/api/file-answer'
import { fileRoute } from '@/lib/api/guarded'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { requestFacts } from '@/lib/auth/session'
import { NotFoundError } from '@/lib/errors'
import { isOn } from '@/lib/modules/modules'
import { resolveNotebook } from '@/lib/notebook/resolve'
import { placeSchema } from '@/lib/notebook/schema'
import { notebookAsJson, notebookAsMarkdown } from '@/lib/notebook/text'
import { withTenant } from '@/lib/tenancy/with-tenant'

const querySchema = placeSchema.extend({ format: z.enum(['json', 'md'], 'Choose json or md.') })

/** The notebook of a place as a file, with the level that each value comes from. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  return fileRoute((await params).organization, async (member) => {
    await requireNoOtherSite()
    const { format, ...input } = parse(querySchema, Object.fromEntries(new URL(request.url).searchParams))
    const notebook = await withTenant(member, async (scope) => {
      authorize(scope, 'exports:run')
      if (!isOn(scope.member, 'projects')) throw new NotFoundError()
      const found = await resolveNotebook(scope, input)
      const { id, label, containerId, level } = found.place
      await recordAudit(scope, { action: 'notebook.exported', entityKind: level, entityId: id, containerId, label, changes: { format: [null, format] } })
      return found
    }, { request: await requestFacts() })
    const [text, mime] = format === 'json' ? [notebookAsJson(notebook), 'application/json'] : [notebookAsMarkdown(notebook), 'text/markdown; charset=utf-8']
    return fileAnswer({ source: Readable.from([text]), fileName: `notebook-${notebook.place.level}.${format}`, mime })
  })
}
