import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { RelativeTime } from '@/components/ui/relative-time'
import { methodName } from '@/lib/auth/providers'
import { personPage } from '@/lib/auth/session'
import { listSessions } from '@/lib/sessions/sessions'
import { EndOthersButton, EndSessionButton } from './session-buttons'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage() {
  const { sessions, timezone } = await personPage(async (scope, person) => ({ sessions: await listSessions(scope, person.sessionId), timezone: person.timezone ?? 'UTC' }))
  return (
    <>
      <PageHeader title="Sessions" description="Where you are signed in. Ending one acts on its next click." actions={sessions.length > 1 && <EndOthersButton />} />
      <Table caption="Open sessions">
        <TableHead>
          <Th>Device</Th>
          <Th>Address</Th>
          <Th>Signed in by</Th>
          <Th>Last seen</Th>
          <Th labelHidden>Actions</Th>
        </TableHead>
        <TableBody>
          {sessions.map(({ id, device, ip, method, kind, lastSeenAt, isCurrent }) => (
            <Tr key={id}>
              <Td primary><span className="inline-flex flex-wrap items-center gap-2">{device}{kind === 'api' && <Badge>API</Badge>}{isCurrent && <Badge tone="success">this one</Badge>}</span></Td>
              <Td label="Address">{ip ?? 'unknown'}</Td>
              <Td label="Signed in by">{methodName(method)}</Td>
              <Td label="Last seen"><RelativeTime iso={lastSeenAt.toISOString()} timeZone={timezone} /></Td>
              <Td align="end">{!isCurrent && <EndSessionButton id={id} device={device} />}</Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
