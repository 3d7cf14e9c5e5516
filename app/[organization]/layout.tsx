import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { OrganizationProvider } from '@/components/forms/organization'
import { AppShell } from '@/components/shell/app-shell'
import { ErrorPage } from '@/components/shell/error-page'
import { AppLink } from '@/components/ui/app-link'
import { DateStyleProvider } from '@/components/ui/date-style'
import { buttonClass } from '@/components/ui/button-class'
import { Bell } from '@/components/shell/bell'
import { LiveProvider } from '@/components/shell/live'
import { endedSupport, memberAnswer, memberPage, requireMember, requireMemberAtGate, requirePerson } from '@/lib/auth/session'
import { respondWith } from '@/lib/http/response'
import { navigationOf } from '@/lib/modules/modules'
import { settingsOf } from '@/lib/modules/settings'
import { countUnread } from '@/lib/notifications/notifications'
import { listAnnouncements } from '@/lib/announcements/announcements'
import { listOrganizations } from '@/lib/platform/directory'
import { readPlatformSettings } from '@/lib/platform/settings'
import { signOut } from '../sign-out'
import { openSupport } from '@/lib/support/organization-support'
import { endSupportHere } from '../admin/support/actions'
import { AnnouncementBanner } from './announcement-banner'
import { DISMISSED_COOKIE, dismissedIn } from '@/lib/announcements/dismissed'
import { FactorBanner } from './factor-banner'
import { OrganizationCommands } from './organization-commands'
import { SupportBanner, VisitorBanner } from './support-banner'
import { SupportOver } from './support-over'

const OVER = 'Support session over'

type Props = { children: ReactNode; params: Promise<{ organization: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const answer = await memberAnswer((await params).organization)
  // In place of every page, whatever each is called.
  if (await endedSupport((await params).organization)) return { title: { absolute: OVER, template: OVER } }
  if (answer.state !== 'member') return {}
  const { name } = answer.member.organization
  return { title: { absolute: `My work · ${name}`, template: `%s · ${name}` } }
}

/** The tenant wall: everything below has a Member, nothing above does. */
export default async function OrganizationLayout({ children, params }: Props) {
  const slug = (await params).organization
  const answer = await memberAnswer(slug)
  if (answer.state === 'closed') {
    const { name, status, reason } = answer.organization
    const { contact } = await readPlatformSettings()
    return (
      <main id="main">
        <ErrorPage kind="forbidden" title={`${name} is ${status}`} actions={<AppLink href="/organizations" className={buttonClass({ variant: 'secondary' })}>Your organizations</AppLink>}>
          {reason ? `The reason given: ${reason.replace(/[.\s]+$/, '')}. ` : ''}Nothing is lost. Ask the people who run this installation to open it again{contact ? <>: <a href={`mailto:${contact}`} className="link">{contact}</a></> : '.'}
        </ErrorPage>
      </main>
    )
  }
  const ended = await endedSupport(slug)
  if (ended) {
    respondWith(404)
    const { timezone, locale } = await requirePerson()
    return <DateStyleProvider locale={locale}><main id="main"><SupportOver slug={slug} ended={ended} timeZone={timezone ?? 'UTC'} /></main></DateStyleProvider>
  }
  const member = await requireMember(slug)
  const { person: account, factorBy, logoHash } = await requireMemberAtGate(slug)
  const navigation = navigationOf(member)
  const { name, colour } = member.organization
  const { unread, visits } = await memberPage(slug, async (scope) => ({ unread: await countUnread(scope), visits: await openSupport(scope) }))
  const dismissed = dismissedIn((await cookies()).get(DISMISSED_COOKIE)?.value)
  const announcements = (await listAnnouncements(member)).filter(({ id }) => !dismissed.includes(id))
  const person = { name: member.support ? account.name : member.displayName, email: account.email, id: member.userId, avatarHash: account.avatarHash }
  return (
    <DateStyleProvider locale={account.locale}>
    <OrganizationProvider slug={member.organization.slug} timezone={member.timezone} userId={member.userId} role={member.role}>
      <LiveProvider slug={slug} initial={unread}>
      <AppShell
        organization={{ name, slug, colour, logoHash }}
        person={person}
        role={member.role}
        navigation={navigation}
        organizations={(await listOrganizations(account.userId)).filter(({ status }) => status !== 'pending_approval')}
        banner={(member.support || visits.length > 0 || factorBy || announcements.length > 0) && (
          <>
            {member.support && <SupportBanner support={member.support} end={endSupportHere} />}
            {visits.map((visit) => <VisitorBanner key={visit.id} slug={slug} visit={visit} />)}
            {announcements.map((one) => <AnnouncementBanner key={one.id} {...one} />)}
            {factorBy && <FactorBanner slug={slug} by={factorBy} timeZone={member.timezone} />}
          </>
        )}
        signOut={signOut}
        bell={{ wide: <Bell path={`/${slug}/inbox`} />, compact: <Bell path={`/${slug}/inbox`} compact /> }}
        commandMenu={<OrganizationCommands slug={slug} pages={[...navigation, ...settingsOf(member).filter(({ href }) => !navigation.some((item) => item.href === href))]} />}
      >
        {children}
      </AppShell>
      </LiveProvider>
    </OrganizationProvider>
    </DateStyleProvider>
  )
}
