import type { Metadata } from 'next'
import { OrganizationMark } from '@/components/shell/organization-mark'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { FormMessage } from '@/components/ui/form-message'
import { RelativeTime } from '@/components/ui/relative-time'
import { SubmitButton } from '@/components/ui/submit-button'
import { ToastProvider } from '@/components/ui/toast'
import { listProviders } from '@/lib/auth/providers'
import { currentPerson } from '@/lib/auth/session'
import { respondWith } from '@/lib/http/response'
import { findInvitation } from '@/lib/invitations/acceptance'
import { INVITATION_SENTENCES } from '@/lib/invitations/words'
import { signOut } from '../../../sign-out'
import { PublicPage } from '../../public-page'
import { AcceptForm, DeclineButton, NewPersonForm } from './accept-forms'

export const metadata: Metadata = { title: 'Invitation' }

/** Who invites, to what, in which role; and the way in for somebody new, signed in, signed out, or signed in as somebody else. */
export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [invitation, person] = [await findInvitation(token), await currentPerson()]
  if (!invitation || invitation.state !== 'open') {
    respondWith(410)
    return <PublicPage title="This invitation is no longer good"><FormMessage>{INVITATION_SENTENCES[invitation?.state ?? 'used']}</FormMessage></PublicPage>
  }
  const { organization, colour, inviter, role, message, email, hasAccount, teams, expiresAt } = invitation
  const isMine = person?.email.toLowerCase() === email.toLowerCase()
  const here = `/invitations/${token}`
  return (
    <ToastProvider>
    <PublicPage title={`Join ${organization}`} description={<p>{inviter} invites {email} to join as <strong>{role}</strong>.</p>}>
      <div className="mb-6 flex items-center gap-3 rounded-lg border bg-surface-raised p-4">
        <OrganizationMark name={organization} colour={colour} />
        <div className="min-w-0">
          <p className="font-medium">{organization}</p>
          {teams.length > 0 && <p className="text-text-muted">{teams.length === 1 ? 'Team' : 'Teams'}: {teams.join(', ')}</p>}
          {message && <p className="text-text-muted wrap-anywhere">“{message}”</p>}
        </div>
      </div>
      {person && isMine && <AcceptForm token={token} organization={organization} />}
      {person && !isMine && (
        <form action={signOut} className="flex flex-col gap-4">
          <FormMessage tone="warning">You are signed in as {person.email}, and this invitation is for {email}.</FormMessage>
          <input type="hidden" name="next" value={here} />
          <SubmitButton>Sign out and go on as {email}</SubmitButton>
        </form>
      )}
      {!person && hasAccount && <AppLink href={`/sign-in?next=${encodeURIComponent(here)}&email=${encodeURIComponent(email)}`} className={buttonClass({ variant: 'primary' }, 'w-full')}>Sign in to accept</AppLink>}
      {!person && !hasAccount && <NewPersonForm token={token} email={email} organization={organization} providers={listProviders()} here={here} />}
      <div className="mt-6 flex flex-wrap items-center justify-between gap-2 border-t pt-4 text-[0.8125rem] text-text-muted">
        <span>The link ends <RelativeTime iso={expiresAt.toISOString()} timeZone={person?.timezone ?? 'UTC'} />.</span>
        <DeclineButton token={token} organization={organization} />
      </div>
    </PublicPage>
    </ToastProvider>
  )
}
