import { answering, apiAnswer, apiRefusal } from '@/lib/api/answer'
import { requireOwnPage, withUpload } from '@/lib/api/upload'
import { takeArchive, withTurnToSend } from '@/lib/archives/take-archive'
import { ARCHIVE_MAX_BYTES } from '@/lib/archives/write-archive'
import { sessionToken } from '@/lib/auth/cookies'
import { currentPerson, requestFacts } from '@/lib/auth/session'

/** Takes the archive of an organization, as the body and nothing else, and founds a new one for it. */
export async function POST(request: Request): Promise<Response> {
  return answering(async () => {
    await requireOwnPage()
    const [person, token] = [await currentPerson(), await sessionToken()]
    if (!person || !token || person.gate) return apiRefusal(401, 'signed_out', 'Sign in first.')
    return withTurnToSend(person, () => withUpload(request, async (file) => apiAnswer(await takeArchive(person, token, file, await requestFacts()), 201), { limitBytes: ARCHIVE_MAX_BYTES }))
  })
}
