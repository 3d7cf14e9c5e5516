import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AppLink } from '@/components/ui/app-link'
import { FormMessage } from '@/components/ui/form-message'
import { listProviders } from '@/lib/auth/providers'
import { returnPath } from '@/lib/auth/return-path'
import { currentPerson } from '@/lib/auth/session'
import { listDemoPeople } from '@/lib/platform/demo'
import { isSignUpOpen } from '@/lib/sign-up/sign-up'
import { PublicPage } from '../public-page'
import { DemoPeople } from './demo-people'
import { endSentence, refusalSentence } from './sentences'
import { SignInForm } from './sign-in-form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { next, error, ended, email } = await searchParams
  const destination = returnPath([next].flat()[0])
  if (await currentPerson()) redirect(destination)
  const isOpen = await isSignUpOpen()
  const demoPeople = await listDemoPeople()
  const [refused, reason] = [refusalSentence([error].flat()[0]), endSentence([ended].flat()[0])]
  return (
    <PublicPage title="Sign in" description={<p>With your e-mail address and password{listProviders().length > 0 ? ', a passkey or a provider' : ' or a passkey'}.</p>}>
      {refused ? <FormMessage className="mb-4">{refused}</FormMessage> : reason && <FormMessage tone="info" className="mb-4">{reason}</FormMessage>}
      <SignInForm destination={destination} providers={listProviders()} email={[email].flat()[0] ?? ''}>
        {isOpen && <p className="mt-6 text-text-muted">New here? <AppLink href="/sign-up" className="link">Sign up</AppLink></p>}
        {demoPeople.length > 0 && <DemoPeople people={demoPeople} />}
      </SignInForm>
    </PublicPage>
  )
}
