import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { OrganizationMark } from '@/components/shell/organization-mark'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { FormMessage } from '@/components/ui/form-message'
import { listHeld, listSoleOwnerships, type Held } from '@/lib/account/leaving'
import { listDeleted } from '@/lib/organizations/deletion'
import { requirePerson } from '@/lib/auth/session'
import { listOrganizations } from '@/lib/platform/directory'
import { DeleteAccountButton, ExportButton, LeaveButton } from './data-buttons'

export const metadata: Metadata = { title: 'My data' }

export default async function MyDataPage() {
  const person = await requirePerson()
  const [organizations, last, deleted] = [await listOrganizations(person.userId), await listSoleOwnerships(person.userId), await listDeleted(person.userId)]
  // Where they are the only owner there may be nobody to hand anything to: that is settled first.
  const held = (await listHeld(person.userId)).filter(({ slug }) => !last.some((seat) => seat.slug === slug))
  return (
    <>
      <PageHeader title="My data" />
      <div className="flex flex-col gap-6">
        <Card>
          <CardHeader title="Export" description="Everything stored about you as JSON: your account, sessions, security log, and in each organization your membership, tasks, comments, files, views, notifications, keys, imports, exports and history." />
          <CardBody><ExportButton /></CardBody>
        </Card>
        <Card>
          <CardHeader title="Organizations" description="Leaving gives up your seat, teams and shares. What you made stays." />
          <CardBody className="p-0">
            <ul className="divide-y">
              {organizations.map(({ slug, name, colour, role, status }) => (
                <li key={slug} className="flex min-h-14 flex-wrap items-center gap-3 px-4 py-2">
                  <OrganizationMark name={name} colour={colour} />
                  <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                  <Badge>{status === 'pending_approval' ? 'waiting' : role}</Badge>
                  {status !== 'pending_approval' && <LeaveButton slug={slug} name={name} isLastOwner={last.some((seat) => seat.slug === slug)} />}
                </li>
              ))}
            </ul>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Delete my account" description="Your name, address, picture and everything that signs you in go at once and for good. What you made in organizations stays and shows “Former member”." />
          <CardBody className="flex flex-col items-start gap-4">
            {last.length > 0 && (
              <FormMessage tone="warning">
                You are the only owner of {new Intl.ListFormat('en').format(last.map(({ name }) => name))}. Make somebody else an owner first, or delete it:
                <ul className="mt-1 flex list-disc flex-col gap-1 ps-5">
                  {last.map(({ slug, name }) => <li key={slug}>{name}: <AppLink href={`/${slug}/settings/members`} className="underline">members</AppLink> or <AppLink href={`/${slug}/settings/danger`} className="underline">delete {name}</AppLink></li>)}
                </ul>
              </FormMessage>
            )}
            {held.length > 0 && (
              <FormMessage tone="warning">
                You still hold what nobody else could open, or would do. Hand it over first:
                <ul className="mt-1 flex list-disc flex-col gap-1 ps-5">{held.map((one) => <li key={one.path}><AppLink href={one.path} className="underline">{one.name}</AppLink>: {wordsOf(one)}</li>)}</ul>
              </FormMessage>
            )}
            {deleted.length > 0 && (
              <FormMessage tone="warning">
                These are deleted and could still be brought back, by you alone. Without your account they are gone for good:
                <ul className="mt-1 flex list-disc flex-col gap-1 ps-5">{deleted.map(({ id, name }) => <li key={id}><AppLink href="/organizations" className="underline">{name}</AppLink></li>)}</ul>
              </FormMessage>
            )}
            <DeleteAccountButton email={person.email} isDisabled={last.length + held.length > 0} />
          </CardBody>
        </Card>
      </div>
    </>
  )
}

function wordsOf({ projectCount, privateCount, taskCount }: Held): string {
  const count = (how: number, one: string) => (how === 0 ? [] : [`${how.toLocaleString('en')} ${one}${how === 1 ? '' : 's'}`])
  return [...count(projectCount, 'project'), ...count(privateCount, 'private project'), ...count(taskCount, 'open task')].join(', ')
}
