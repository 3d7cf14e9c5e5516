import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { PublicPage } from '../public-page'
import { ForgotForm } from './forgot-form'

export const metadata: Metadata = { title: 'Forgot your password' }

export default function ForgotPasswordPage() {
  return (
    <PublicPage title="Forgot your password?" description={<p>We send a link to your address with which you choose a new one.</p>}>
      <ForgotForm />
      <p className="mt-6 text-text-muted">Remembered it? <AppLink href="/sign-in" className="link">Sign in</AppLink></p>
    </PublicPage>
  )
}
