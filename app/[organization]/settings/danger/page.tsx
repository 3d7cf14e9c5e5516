import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { memberPage } from '@/lib/auth/session'
import { authorize, can } from '@/lib/authorization/permissions'
import { readUsage } from '@/lib/plans/limits'
import { DeleteButton } from './delete-button'

export const metadata: Metadata = { title: 'Delete' }

export default async function DangerPage({ params }: { params: Promise<{ organization: string }> }) {
  const { usage, me, owners, people, invitations } = await memberPage((await params).organization, async (scope) => {
    authorize(scope, 'organization:update')
    return {
      usage: await readUsage(scope), me: scope.member, owners: await scope.tx.membership.count({ where: { role: 'owner', status: 'active' } }),
      people: await scope.tx.membership.count({ where: { status: { in: ['active', 'pending_approval', 'suspended'] } } }),
      invitations: await scope.tx.invitation.count({ where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } } }),
    }
  })
  const count = (how: number, one: string, more = `${one}s`) => `${how.toLocaleString('en')} ${how === 1 ? one : more}`
  const projects = usage.find(({ key }) => key === 'projects')?.used ?? 0
  const facts = `${count(people, 'person', 'people')}${invitations > 0 ? `, ${count(invitations, 'open invitation')}` : ''} and ${count(projects, 'project')}`
  const isOwner = can(me.role, 'organization:delete')
  return (
    <>
      <PageHeader title="Delete" description="The end of this organization. Gone at once, back for 30 days, then erased with nothing left." />
      <Card className="max-w-2xl">
        <CardHeader title={`Delete ${me.organization.name}`} />
        <CardBody className="flex flex-col gap-3">
          <ul className="flex list-disc flex-col gap-1 ps-5">
            <li>{facts}, with all that is in them, are out of reach from the next click on.</li>
            <li>Its keys and links stop. Its address is kept for it.</li>
            <li>For 30 days its owner can bring everything back as it was. After that every row and file is erased.</li>
          </ul>
          {!isOwner && <p className="text-text-muted">Only an owner can delete the organization.</p>}
          {isOwner && owners > 1 && <p className="text-text-muted">There are {owners} owners: the others step down first, on the <AppLink href={`/${me.organization.slug}/settings/members`} className="underline">members page</AppLink>.</p>}
          <div><DeleteButton slug={me.organization.slug} name={me.organization.name} facts={`${facts}.`} isOwner={isOwner && owners === 1} /></div>
        </CardBody>
      </Card>
    </>
  )
}
