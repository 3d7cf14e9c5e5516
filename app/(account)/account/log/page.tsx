import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { RelativeTime } from '@/components/ui/relative-time'
import { personPage } from '@/lib/auth/session'
import { listSecurityEvents } from '@/lib/security-log/security-log'
import { describeSecurityEvent } from '@/lib/security-log/words'
import { deviceName } from '@/lib/sessions/device-name'
import { isUuid } from '@/lib/uuid'

export const metadata: Metadata = { title: 'Security log' }

export default async function SecurityLogPage({ searchParams }: { searchParams: Promise<{ before?: string | string[] }> }) {
  const before = [(await searchParams).before].flat()[0]
  const { events, next, timezone } = await personPage(async (scope, person) => ({ ...(await listSecurityEvents(scope, before && isUuid(before) ? before : undefined)), timezone: person.timezone ?? 'UTC' }))
  return (
    <>
      <PageHeader title="Security log" description="What happened to your account: sign-ins, also the refused ones, and changes of what proves who you are." />
      <Table caption="Events of your account">
        <TableHead>
          <Th>What</Th>
          <Th>When</Th>
          <Th>Device</Th>
          <Th>Address</Th>
        </TableHead>
        <TableBody>
          {events.map(({ id, action, subject, success, reason, ip, userAgent, at }) => (
            <Tr key={id}>
              <Td primary><span className="inline-flex flex-wrap items-center gap-2">{describeSecurityEvent(action, reason, subject)}{!success && <Badge tone="danger">refused</Badge>}</span></Td>
              <Td label="When"><RelativeTime iso={at.toISOString()} timeZone={timezone} /></Td>
              <Td label="Device">{userAgent ? deviceName(userAgent) : '–'}</Td>
              <Td label="Address">{ip ?? '–'}</Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
      {next && <AppLink href={`/account/log?before=${next}`} className={buttonClass({ variant: 'secondary' }, 'mt-4')}>Older</AppLink>}
    </>
  )
}
