import { LifeBuoy } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button-class'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LookAgain } from '@/components/ui/look-again'
import { RelativeTime } from '@/components/ui/relative-time'
import { sessionToken } from '@/lib/auth/cookies'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { listAllSupport } from '@/lib/support/platform-support'
import { SUPPORT_MODES } from '@/lib/support/schema'
import { SUPPORT_TONES, supportState } from '@/lib/support/words'
import { EndSupport } from './end-support'
import { EventsLink } from './events-link'
import { SupportForm } from './support-form'

export const metadata: Metadata = { title: 'Support sessions' }

export default async function SupportPage({ searchParams }: { searchParams: Promise<{ organization?: string | string[] }> }) {
  const { timezone } = await requireSuperAdmin()
  const sessions = await listAllSupport((await sessionToken())!)
  const open = sessions.find(({ isMine, status }) => isMine && (status === 'active' || status === 'requested'))
  const zone = timezone ?? 'UTC'
  return (
    <>
      <PageHeader title="Support sessions" description="The only way into an organization. Its owners and admins are told at once, see every page you open, and can end it." />
      <Card className="mb-6 max-w-2xl">
        {open ? (
          <>
            <CardHeader title={open.status === 'active' ? `You are in ${open.organization}` : `You asked to come into ${open.organization}`} description={open.reason} />
            <CardBody className="flex flex-wrap items-center gap-2">
              {open.status === 'active' && <AppLink href={`/${open.slug}`} className={buttonClass({ variant: 'primary' })}>Go there</AppLink>}
              <EndSupport id={open.id} label={open.status === 'active' ? 'End it' : 'Take it back'} />
              {open.status === 'requested' && <span className="text-text-muted">An owner has to agree first; this page then says so. Asked for <RelativeTime iso={open.createdAt.toISOString()} timeZone={zone} />.<LookAgain everyS={10} /></span>}
            </CardBody>
          </>
        ) : (
          <>
            <CardHeader title="Come into an organization" description="Its owners read what you write here." />
            <CardBody><SupportForm organization={[(await searchParams).organization].flat()[0] ?? ''} /></CardBody>
          </>
        )}
      </Card>
      {sessions.length === 0 ? <EmptyState icon={<LifeBuoy />} title="Nobody has come in yet">Sessions of everybody of the platform stand here.</EmptyState> : (
        <Table caption="Support sessions">
          <TableHead><Th>Organization</Th><Th>Who</Th><Th>Why</Th><Th>How</Th><Th>State</Th><Th>When</Th><Th>History</Th></TableHead>
          <TableBody>
            {sessions.map((one) => (
              <Tr key={one.id}>
                <Td primary>{one.organization}</Td>
                <Td label="Who">{one.adminName}</Td>
                <Td label="Why" className="max-w-sm wrap-anywhere text-[0.8125rem]">{one.reason}{one.reference && <span className="text-text-muted"> · {one.reference}</span>}</Td>
                <Td label="How">{SUPPORT_MODES[one.mode]}, {one.minutes} min</Td>
                <Td label="State"><Badge tone={SUPPORT_TONES[one.status]}>{supportState(one)}</Badge></Td>
                <Td label="When" className="text-text-muted"><RelativeTime iso={(one.startsAt ?? one.createdAt).toISOString()} timeZone={zone} /></Td>
                <Td label="History" className="whitespace-nowrap"><EventsLink {...one} /></Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}
