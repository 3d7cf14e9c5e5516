import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { returnPath } from '@/lib/auth/return-path'
import { requirePersonAtGate } from '@/lib/auth/session'
import { currentVisitor } from '@/lib/auth/visitor'
import { withPerson } from '@/lib/platform/person'
import { readHeldFactors } from '@/lib/second-factor/held-factors'
import { PublicPage } from '../../(public)/public-page'
import { signOut } from '../../sign-out'
import { SubmitButton } from '@/components/ui/submit-button'
import { SecondFactorForm } from './second-factor-form'

export const metadata: Metadata = { title: 'Second factor' }

export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const person = await requirePersonAtGate()
  const destination = returnPath([(await searchParams).next].flat()[0])
  if (person.gate !== 'second_factor') redirect(destination)
  const ways = await withPerson(person.userId, await currentVisitor(), readHeldFactors)
  return (
    <PublicPage title="One more step" description={<p>Your account asks for a second factor.</p>}>
      <SecondFactorForm destination={destination} {...ways} />
      <form action={signOut} className="mt-6 border-t pt-6"><SubmitButton variant="ghost">Sign in as somebody else</SubmitButton></form>
    </PublicPage>
  )
}
