import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProofProvider } from '@/components/forms/proof'
import { prove, startPasskeyAnswer } from '../actions'
import { PublicPage } from '../../(public)/public-page'
import { returnPath } from '@/lib/auth/return-path'
import { requirePersonAtGate } from '@/lib/auth/session'
import { currentVisitor } from '@/lib/auth/visitor'
import { withPerson } from '@/lib/platform/person'
import { readHeldFactors } from '@/lib/second-factor/held-factors'
import { ReplaceForm } from './replace-form'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function NewPasswordPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { userId, name, email, hasPassword, hasSecondFactor, gate } = await requirePersonAtGate()
  if (gate === 'second_factor') redirect('/second-factor')
  const factors = await withPerson(userId, await currentVisitor(), readHeldFactors)
  const destination = returnPath([(await searchParams).next].flat()[0])
  return (
    <PublicPage title="Choose a new password" description={<p>The one you have must be replaced before you go on.</p>}>
      <ProofProvider ways={{ hasPassword, ...factors }} prove={prove} startPasskey={startPasskeyAnswer}>
        <ReplaceForm destination={destination} context={{ name, email, hasSecondFactor }} />
      </ProofProvider>
    </PublicPage>
  )
}
