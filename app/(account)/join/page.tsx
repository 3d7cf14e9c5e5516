import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { requirePerson } from '@/lib/auth/session'
import { PublicPage } from '../../(public)/public-page'
import { JoinForm } from './join-form'

export const metadata: Metadata = { title: 'Join an organization' }

export default async function JoinPage({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  const { email } = await requirePerson()
  return (
    <PublicPage title="Join an organization" description={<p>With its code, as {email}. An organization that lists your address takes you in at once; another may be asked.</p>}>
      <JoinForm code={[(await searchParams).code].flat()[0] ?? ''} />
      <p className="mt-6"><AppLink href="/organizations" className="link">Your organizations</AppLink></p>
    </PublicPage>
  )
}
