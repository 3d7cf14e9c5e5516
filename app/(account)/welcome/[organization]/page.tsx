import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { OrganizationProvider } from '@/components/forms/organization'
import { requireMemberAtGate } from '@/lib/auth/session'
import { PublicPage } from '../../../(public)/public-page'
import { WelcomeForm } from './welcome-form'

export const metadata: Metadata = { title: 'Welcome' }

/** The first minutes in an organization: once, and not for those who were invited to skip it. */
export default async function WelcomePage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization: slug } = await params
  const { member, gate, person } = await requireMemberAtGate(slug)
  if (gate !== 'onboarding') redirect(`/${slug}`)
  const isOwner = member.role === 'owner'
  return (
    <PublicPage title={`Welcome to ${member.organization.name}`} description={<p>{isOwner ? 'Three answers, and it is yours.' : `You are here as ${member.role}.`}</p>}>
      <OrganizationProvider slug={slug} timezone={member.timezone} userId={member.userId} role={member.role}>
        <WelcomeForm name={member.displayName} organizationName={member.organization.name} timezone={person.timezone ?? ''} timezones={Intl.supportedValuesOf('timeZone')} isOwner={isOwner} />
      </OrganizationProvider>
    </PublicPage>
  )
}
