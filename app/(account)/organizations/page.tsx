import { Building2 } from 'lucide-react'
import type { Metadata } from 'next'
import { OrganizationMark } from '@/components/shell/organization-mark'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { SubmitButton } from '@/components/ui/submit-button'
import { requirePerson } from '@/lib/auth/session'
import { listOrganizations } from '@/lib/platform/directory'
import { signOut } from '../../sign-out'

export const metadata: Metadata = { title: 'Your organizations' }

export default async function OrganizationsPage() {
  const person = await requirePerson()
  const organizations = await listOrganizations(person.userId)
  return (
    <main id="main" className="mx-auto w-full max-w-xl px-4 py-12">
      <div className="mb-6 flex items-end justify-between gap-4">
        <div>
          <h1 className="text-2xl font-semibold">Your organizations</h1>
          <p className="text-text-muted">Signed in as {person.name}</p>
        </div>
        <form action={signOut}>
          <SubmitButton variant="secondary">Sign out</SubmitButton>
        </form>
      </div>
      {organizations.length === 0 ? (
        <EmptyState icon={<Building2 />} title="You are not in an organization yet">
          Ask the people who run this installation to add {person.email} to one.
        </EmptyState>
      ) : (
        <ul className="divide-y overflow-hidden rounded-lg border bg-surface-raised">
          {organizations.map(({ slug, name, colour, role, status }) => (
            <li key={slug}>
              <AppLink href={`/${slug}`} className="flex min-h-14 items-center gap-3 px-4 py-2 hover:bg-surface-hover">
                <OrganizationMark name={name} colour={colour} />
                <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                {status === 'suspended' && <Badge tone="warning">suspended</Badge>}
                <Badge>{role}</Badge>
              </AppLink>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}
