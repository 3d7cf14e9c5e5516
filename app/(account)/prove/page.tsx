import type { Metadata } from 'next'
import { prove, startPasskeyAnswer } from '../actions'
import { PublicPage } from '../../(public)/public-page'
import { returnPath } from '@/lib/auth/return-path'
import { requirePerson } from '@/lib/auth/session'
import { currentVisitor } from '@/lib/auth/visitor'
import { withPerson } from '@/lib/platform/person'
import { readHeldFactors } from '@/lib/second-factor/held-factors'
import { ProveForm } from './prove-form'

export const metadata: Metadata = { title: 'Confirm that it is you' }

/** For an organization that asks from time to time, and for the console. */
export default async function ProvePage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { userId, hasPassword } = await requirePerson()
  const factors = await withPerson(userId, await currentVisitor(), readHeldFactors)
  const destination = returnPath([(await searchParams).next].flat()[0])
  return (
    <PublicPage title="Confirm that it is you" description={<p>You are asked from time to time. Your work waits where you left it.</p>}>
      <ProveForm ways={{ hasPassword, ...factors }} prove={prove} startPasskey={startPasskeyAnswer} destination={destination} />
    </PublicPage>
  )
}
