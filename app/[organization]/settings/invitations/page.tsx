import { MailPlus } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Input } from '@/components/ui/input'
import { Pagination } from '@/components/ui/pagination'
import { RelativeTime } from '@/components/ui/relative-time'
import { Select } from '@/components/ui/select'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import type { Tone } from '@/components/ui/tone'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { respondWith } from '@/lib/http/response'
import { invitationFilterSchema, listInvitations } from '@/lib/invitations/invitation-list'
import { INVITATION_STATES, type InvitationState } from '@/lib/invitations/words'
import { sendsMail } from '@/lib/mail/outbox'
import { listTeams } from '@/lib/teams/teams'
import { InvitationMenu } from './invitation-menu'
import { InviteForm } from './invite-form'

export const metadata: Metadata = { title: 'Invitations' }

const TONES: Record<InvitationState, Tone> = { open: 'info', accepted: 'success', declined: 'warning', expired: 'warning', revoked: 'neutral' }
type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function InvitationsPage({ params, searchParams }: Props) {
  const parsed = invitationFilterSchema.safeParse(await searchParams)
  const filter = parsed.success ? parsed.data : invitationFilterSchema.parse({})
  if (!parsed.success) respondWith(422)
  const { invitations, nextCursor, teams, member } = await memberPage((await params).organization, async (scope) => ({ ...(await listInvitations(scope, filter)), teams: await listTeams(scope), member: scope.member }))
  const path = `/${member.organization.slug}/settings/invitations`
  const older = new URLSearchParams(Object.entries({ ...filter, before: nextCursor ?? '' }).filter(([, value]) => value !== ''))
  const isFiltered = filter.state !== '' || filter.q !== '' || filter.before !== ''
  return (
    <>
      <PageHeader title="Invitations" description="Each link works once, for one address, and ends by itself." />
      <Card className="mb-6">
        <CardHeader title="Invite people" />
        <CardBody><InviteForm isOwner={member.role === 'owner'} planHref={can(member.role, 'organization:update') ? `/${member.organization.slug}/settings/plan` : null} sendsMail={sendsMail()} teams={teams} /></CardBody>
      </Card>
      <form action={path} role="search" className="mb-4 flex flex-wrap items-center gap-2">
        <Input name="q" aria-label="Address begins with" placeholder="Address begins with…" defaultValue={filter.q} className="w-56" autoComplete="off" />
        <Select name="state" aria-label="State" defaultValue={filter.state} options={[{ value: '', label: 'Every state' }, ...INVITATION_STATES.map((value) => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }))]} className="w-auto" />
        <Button type="submit">Apply</Button>
        {isFiltered && <AppLink href={path} className={buttonClass({ variant: 'ghost' })}>Clear</AppLink>}
      </form>
      {invitations.length === 0 ? (
        <EmptyState icon={<MailPlus />} title={isFiltered ? 'No such invitation' : 'Nobody has been invited yet'}>
          {isFiltered ? 'None fits these filters.' : 'Write an address above. Whoever opens the link makes an account, or joins with the one they have.'}
        </EmptyState>
      ) : (
        <Table caption="Invitations">
          <TableHead>
            <Th>Address</Th>
            <Th>State</Th>
            <Th>Role and teams</Th>
            <Th>Invited</Th>
            <Th labelHidden>Actions</Th>
          </TableHead>
          <TableBody>
            {invitations.map((one) => (
              <Tr key={one.id}>
                <Td primary className="wrap-anywhere cards:pe-10 xl:whitespace-nowrap">{one.email}</Td>
                <Td label="State">
                  <span className="flex flex-wrap items-center gap-1.5">
                    <Badge tone={TONES[one.state]}>{one.state}</Badge>
                    {one.state === 'open' && <span className="text-[0.8125rem] text-text-muted">ends <RelativeTime iso={one.expiresAt.toISOString()} timeZone={member.timezone} /></span>}
                  </span>
                </Td>
                <Td label="Role and teams"><span className="flex flex-wrap gap-1"><Badge>{one.role}</Badge>{one.teams.map((team) => <Badge key={team} tone="info">{team}</Badge>)}</span></Td>
                <Td label="Invited" className="text-[0.8125rem] text-text-muted">
                  <span>by {one.invitedBy}, <RelativeTime iso={one.createdAt.toISOString()} timeZone={member.timezone} />{one.resendCount > 0 && `, sent again ${one.resendCount === 1 ? 'once' : `${one.resendCount} times`}`}</span>
                </Td>
                <Td align="end" className="cards:absolute cards:end-2 cards:top-2">{(one.state === 'open' || one.state === 'expired') && <InvitationMenu id={one.id} email={one.email} sendsMail={sendsMail()} mayRenew={one.isMineToRenew} />}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination previousHref={filter.before ? path : undefined} nextHref={nextCursor ? `${path}?${older}` : undefined} />
    </>
  )
}
