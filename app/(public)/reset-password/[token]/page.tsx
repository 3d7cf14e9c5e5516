import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { FormMessage } from '@/components/ui/form-message'
import { respondWith } from '@/lib/http/response'
import { isResetOpen } from '@/lib/passwords/reset'
import { PublicPage } from '../../public-page'
import { ResetForm } from './reset-form'

export const metadata: Metadata = { title: 'Set a new password' }

export default async function ResetPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const isOpen = await isResetOpen(token)
  if (!isOpen) respondWith(410)
  return (
    <PublicPage title={isOpen ? 'Set a new password' : 'This link is no longer good'} description={isOpen && <p>You are signed out everywhere else then. A second factor stays as it is.</p>}>
      {isOpen ? <ResetForm token={token} /> : <FormMessage>It has been used or is too old. <AppLink href="/forgot-password" className="link">Ask for a new one</AppLink>.</FormMessage>}
    </PublicPage>
  )
}
