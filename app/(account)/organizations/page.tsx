import { Building2, LifeBuoy } from 'lucide-react'
import type { Metadata } from 'next'
import { OrganizationMark } from '@/components/shell/organization-mark'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { Badge } from '@/components/ui/badge'
import { DateStyleProvider } from '@/components/ui/date-style'
import { Day } from '@/components/ui/day'
import { EmptyState } from '@/components/ui/empty-state'
import { Flash } from '@/components/ui/flash'
import { SubmitButton } from '@/components/ui/submit-button'
import { ToastProvider } from '@/components/ui/toast'
import { listListing } from '@/lib/access/joining'
import { sessionToken } from '@/lib/auth/cookies'
import { requirePerson } from '@/lib/auth/session'
import { mayFoundAnother } from '@/lib/organizations/another-organization'
import { listDeleted } from '@/lib/organizations/deletion'
import { listOrganizations } from '@/lib/platform/directory'
import { listAllSupport } from '@/lib/support/platform-support'
import { signOut } from '../../sign-out'
import { RestoreButton } from './restore-button'

export const metadata: Metadata = { title: 'Your organizations' }

export default async function OrganizationsPage() {
  const person = await requirePerson()
  const organizations = await listOrganizations(person.userId)
  // Only a confirmed address can be known to be listed.
  const listing = person.isEmailVerified ? await listListing(person.email.toLowerCase()) : []
  const mayFound = await mayFoundAnother()
  const deleted = await listDeleted(person.userId)
  // Somebody who runs the installation may be in one as support; it is on no list of theirs.
  const visit = person.isSuperAdmin ? (await listAllSupport((await sessionToken())!)).find(({ isMine, status }) => isMine && status === 'active') : undefined
  const offers = listing.filter(({ slug }) => !organizations.some((mine) => mine.slug === slug))
  return (
    <ToastProvider>
      <DateStyleProvider locale={person.locale}>
        <Flash />
        <main id="main" className="mx-auto w-full max-w-xl px-4 py-12">
          <div className="mb-6 flex items-end justify-between gap-4">
            <div>
              <h1 className="text-2xl font-semibold">Your organizations</h1>
              <p className="text-text-muted">Signed in as {person.name}</p>
            </div>
            <div className="flex flex-wrap items-center justify-end gap-2">
              <AppLink href="/account" className={buttonClass({ variant: 'ghost' })}>Account</AppLink>
              <form action={signOut}>
                <SubmitButton variant="secondary">Sign out</SubmitButton>
              </form>
            </div>
          </div>
          {visit && (
            <AppLink href={`/${visit.slug}`} className="mb-4 flex min-h-14 flex-wrap items-center gap-x-3 rounded-lg border bg-warning-soft px-4 py-2 text-warning hover:underline">
              <LifeBuoy aria-hidden className="size-4 shrink-0" />
              <span className="min-w-0 flex-1 wrap-anywhere">You are in <strong className="font-semibold">{visit.organization}</strong> as support.</span>
              <span className="font-medium">Go there</span>
            </AppLink>
          )}
          {organizations.length === 0 ? (
            <EmptyState icon={<Building2 />} title="You are not in an organization yet">
              Join one by its code, or ask one of its owners to invite {person.email}.
            </EmptyState>
          ) : (
            <ul className="divide-y overflow-hidden rounded-lg border bg-surface-raised">
              {organizations.map(({ slug, name, colour, role, status }) => (
                <li key={slug}>
                  {status === 'pending_approval' ? (
                    <div className="flex min-h-14 items-center gap-3 px-4 py-2">
                      <OrganizationMark name={name} colour={colour} />
                      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                      <Badge tone="info">waiting for approval</Badge>
                    </div>
                  ) : (
                    <AppLink href={`/${slug}`} className="flex min-h-14 items-center gap-3 px-4 py-2 hover:bg-surface-hover">
                      <OrganizationMark name={name} colour={colour} />
                      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                      {status === 'suspended' && <Badge tone="warning">suspended</Badge>}
                      <Badge>{role}</Badge>
                    </AppLink>
                  )}
                </li>
              ))}
            </ul>
          )}
          {offers.length > 0 && (
            <section aria-labelledby="offers" className="mt-8">
              <h2 id="offers" className="mb-2 font-semibold">They list your address</h2>
              <ul className="divide-y overflow-hidden rounded-lg border bg-surface-raised">
                {offers.map(({ code, name, colour, role }) => (
                  <li key={code} className="flex min-h-14 items-center gap-3 px-4 py-2">
                    <OrganizationMark name={name} colour={colour} />
                    <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                    <AppLink href={`/join?code=${code}`} className={buttonClass({ variant: 'secondary', size: 'sm' })}>Join as {role}</AppLink>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {deleted.length > 0 && (
            <section aria-labelledby="deleted" className="mt-8">
              <h2 id="deleted" className="mb-2 font-semibold">Deleted</h2>
              <ul className="divide-y overflow-hidden rounded-lg border bg-surface-raised">
                {deleted.map(({ id, name, colour, purgeAfter }) => (
                  <li key={id} className="flex min-h-14 flex-wrap items-center gap-3 px-4 py-2">
                    <OrganizationMark name={name} colour={colour} />
                    <span className="min-w-0 flex-1">
                      <span className="block truncate font-medium">{name}</span>
                      <span className="text-[0.8125rem] text-text-muted">Erased after <Day iso={purgeAfter.toISOString()} timeZone={person.timezone ?? 'UTC'} /></span>
                    </span>
                    <RestoreButton id={id} name={name} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <div className="mt-6 flex flex-wrap gap-2">
            <AppLink href="/join" className={buttonClass({ variant: 'secondary' })}>Join by code</AppLink>
            {person.isSuperAdmin && <AppLink href="/admin" className={buttonClass({ variant: 'secondary' })}>Platform console</AppLink>}
            {mayFound && <AppLink href="/organizations/new" className={buttonClass({ variant: 'secondary' })}>New organization</AppLink>}
          </div>
        </main>
      </DateStyleProvider>
    </ToastProvider>
  )
}
