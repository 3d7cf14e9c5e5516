import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { FormMessage } from '@/components/ui/form-message'
import { respondWith } from '@/lib/http/response'
import { findSignUp } from '@/lib/sign-up/sign-up'
import { finishSignUp } from '../../actions'
import { LinkForm } from '../../link-form'
import { PublicPage } from '../../public-page'

export const metadata: Metadata = { title: 'Confirm your address' }

export default async function ConfirmSignUpPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const asked = await findSignUp(token)
  if (!asked) respondWith(410)
  return (
    <PublicPage title={asked ? `Welcome, ${asked.name}` : 'This link is no longer good'} description={asked && <p>Your address {asked.email} is confirmed with the next step, which makes your account and {asked.organization}.</p>}>
      {asked ? (
        <LinkForm action={finishSignUp} token={token} label="Confirm and start" />
      ) : (
        <FormMessage>It has been used or is too old. <AppLink href="/sign-in" className="link">Sign in</AppLink>, or <AppLink href="/sign-up" className="link">sign up again</AppLink>.</FormMessage>
      )}
    </PublicPage>
  )
}
