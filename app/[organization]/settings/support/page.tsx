import { LifeBuoy } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listSupportSessions, readSupportPolicy } from '@/lib/support/organization-support'
import { SUPPORT_MODES, SUPPORT_POLICIES } from '@/lib/support/schema'
import { SUPPORT_TONES, supportState } from '@/lib/support/words'
import { PolicyForm } from './policy-form'
import { SessionButtons } from './session-buttons'

export const metadata: Metadata = { title: 'Support' }

export default async function SupportSettingsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { sessions, policy, member } = await memberPage((await params).organization, async (scope) => ({ sessions: await listSupportSessions(scope), policy: await readSupportPolicy(scope), member: scope.member }))
  const mayDecide = can(member.role, 'support:consent')
  return (
    <>
      <PageHeader title="Support" description="Who runs this installation cannot see into an organization. If you need help they can come in for up to an hour, and nobody can hide it: you are told, and every page stands in the audit log." />
      <Card className="mb-6 max-w-2xl">
        <CardHeader title="How support comes in" description="Private projects, keys, invitations and credentials are out of reach in any case." />
        <CardBody>{mayDecide ? <PolicyForm policy={policy} /> : <p><strong className="font-medium">{SUPPORT_POLICIES[policy].label}.</strong> {SUPPORT_POLICIES[policy].hint} An owner can change it.</p>}</CardBody>
      </Card>
      {sessions.length === 0 ? <EmptyState icon={<LifeBuoy />} title="Nobody of support has been here">If somebody comes or asks to, you see it here, in your inbox and above every page.</EmptyState> : (
        <Table caption="Support sessions">
          <TableHead><Th>Who</Th><Th className="xl:min-w-44">Why</Th><Th>How</Th><Th>State</Th><Th>When</Th><Th>History</Th><Th labelHidden>Actions</Th></TableHead>
          <TableBody>
            {sessions.map((one) => (
              <Tr key={one.id}>
                <Td primary>{one.adminName}<span className="block text-[0.8125rem] font-normal text-text-muted">{one.adminEmail}</span></Td>
                <Td label="Why" className="max-w-sm text-[0.8125rem] wrap-anywhere">{one.reason}{one.reference && <span className="text-text-muted"> · {one.reference}</span>}</Td>
                <Td label="How" className="whitespace-nowrap"><span>{SUPPORT_MODES[one.mode as keyof typeof SUPPORT_MODES]}<span className="block text-[0.8125rem] text-text-muted">{one.minutes} min</span></span></Td>
                <Td label="State"><Badge tone={SUPPORT_TONES[one.status]}>{supportState(one)}</Badge>{one.deciderName && <span className="block text-[0.8125rem] text-text-muted">answered by {one.deciderName}</span>}</Td>
                <Td label="When" className="text-text-muted"><RelativeTime iso={(one.startsAt ?? one.createdAt).toISOString()} timeZone={member.timezone} /></Td>
                <Td label="History" className="whitespace-nowrap"><AppLink href={`/${member.organization.slug}/settings/audit?support=${one.id}`} className="link" aria-label={`${one.eventCount === 1 ? '1 event' : `${one.eventCount} events`} of ${one.adminName}`}>{one.eventCount === 1 ? '1 event' : `${one.eventCount} events`}</AppLink></Td>
                <Td align="end"><SessionButtons id={one.id} name={one.adminName} status={one.status} mayDecide={mayDecide} /></Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}
