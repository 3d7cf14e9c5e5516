import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { listProviders } from '@/lib/auth/providers'
import { isSignUpOpen } from '@/lib/sign-up/sign-up'
import { PublicPage } from '../public-page'
import { SignUpForm } from './sign-up-form'

export const metadata: Metadata = { title: 'Sign up' }

export default async function SignUpPage() {
  const isOpen = await isSignUpOpen()
  return (
    <PublicPage title="Sign up" description={<p>{isOpen ? 'An account for you and an organization for your work.' : 'Nobody can sign up here by themselves. Ask an owner of your organization for an invitation.'}</p>}>
      {isOpen && <SignUpForm providers={listProviders()} />}
      <p className="mt-6 text-text-muted">Have an account? <AppLink href="/sign-in" className="link">Sign in</AppLink></p>
    </PublicPage>
  )
}
