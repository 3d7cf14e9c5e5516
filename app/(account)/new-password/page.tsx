import type { Metadata } from 'next'
import { ProofProvider } from '@/components/forms/proof'
import { returnPath } from '@/lib/auth/return-path'
import { requirePersonAtGate } from '@/lib/auth/session'
import { PublicPage } from '../../(public)/public-page'
import { prove, startPasskeyAnswer } from '../actions'
import { ReplaceForm } from './replace-form'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function NewPasswordPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { name, email, hasSecondFactor } = await requirePersonAtGate()
  return (
    <PublicPage title="Choose a new password" description={<p>The one you have must be replaced before you go on.</p>}>
      <ProofProvider ways={{ hasPassword: true, hasTotp: false, hasPasskey: false }} prove={prove} startPasskey={startPasskeyAnswer}>
        <ReplaceForm destination={returnPath([(await searchParams).next].flat()[0])} context={{ name, email, hasSecondFactor }} />
      </ProofProvider>
    </PublicPage>
  )
}
