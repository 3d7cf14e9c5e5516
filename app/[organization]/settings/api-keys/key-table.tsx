import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Tone } from '@/components/ui/tone'
import type { ApiKeyLine } from '@/lib/api-keys/api-keys'
import { RevokeButton, RotateButton } from './key-buttons'

const TONES: Record<ApiKeyLine['state'], Tone> = { active: 'success', expired: 'warning', revoked: 'neutral', rotated: 'neutral' }

export function KeyTable({ keys, showsOwner, me, timeZone }: { keys: ApiKeyLine[]; showsOwner: boolean; me: string; timeZone: string }) {
  const when = (at: Date) => <RelativeTime iso={at.toISOString()} timeZone={timeZone} />
  return (
    <Table caption="API keys">
      <TableHead>
        <Th>Key</Th>
        {showsOwner && <Th>Of</Th>}
        <Th>State</Th>
        <Th>May</Th>
        <Th>Used</Th>
        <Th labelHidden>Actions</Th>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <Tr key={key.id}>
            <Td primary><span className="xl:whitespace-nowrap">{key.name}</span> <code className="ms-1 font-mono text-xs font-normal text-text-muted">{key.prefix}…</code></Td>
            {showsOwner && <Td label="Of">{key.ownerName}</Td>}
            <Td label="State">
              <span className="flex flex-wrap items-center gap-1.5">
                <Badge tone={TONES[key.state]}>{key.state}</Badge>
                {key.state === 'active' && <span className="text-[0.8125rem] text-text-muted">{key.isRotated && 'replaced, '}ends {when(key.expiresAt)}</span>}
              </span>
            </Td>
            <Td label="May" className="text-[0.8125rem] text-text-muted">
              <span title={key.scopes.join(', ')}>{key.scopes.length === 1 ? key.scopes[0] : `${key.scopes.length} permissions`}{key.containerName ? ` in ${key.containerName}` : ''}, {key.ratePerHour.toLocaleString('en')} an hour</span>
            </Td>
            <Td label="Used" className="text-[0.8125rem] text-text-muted">{key.lastUsedAt ? <span>{key.usageCount === 1 ? 'once' : `${key.usageCount.toLocaleString('en')} times`}, last {when(key.lastUsedAt)}</span> : 'never'}</Td>
            <Td align="end">
              <span className="flex justify-end gap-1">{key.ownerUserId === me && <RotateButton id={key.id} name={key.name} isOpen={key.state === 'active' && !key.isRotated} />}{key.state === 'active' && <RevokeButton id={key.id} name={key.name} />}</span>
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
