import { headers } from 'next/headers'
import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { memberAnswer } from '@/lib/auth/session'

/** Somebody of support is told that no role would open it: it is out of reach for all of them. */
export default async function Forbidden() {
  const [, slug = ''] = ((await headers()).get('x-path') ?? '').split(/[/?]/)
  const answer = slug ? await memberAnswer(slug) : null
  if (answer?.state === 'member' && answer.member.support) {
    return (
      <ErrorPage kind="forbidden" title="Support does not reach this page" actions={<AppLink href={`/${slug}`} className={buttonClass({ variant: 'secondary' })}>Back to {answer.member.organization.name}</AppLink>}>
        Private projects, keys, invitations, credentials and what owners decide stay closed in a support session. Ask somebody of the organization to look.
      </ErrorPage>
    )
  }
  return (
    <ErrorPage kind="forbidden" title="Your role does not open this page" actions={<AppLink href="/organizations" className={buttonClass({ variant: 'secondary' })}>Your organizations</AppLink>}>
      An owner or admin of the organization can see it, or can change your role.
    </ErrorPage>
  )
}
