import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AuditRow } from '@/lib/audit/audit-list'
import { describeAction } from '@/lib/audit/words'
import { Changes } from '../../../../settings/audit/changes'

export function History({ events, members, timeZone }: { events: AuditRow[]; members: { userId: string; name: string }[]; timeZone: string }) {
  const names = new Map(members.map(({ userId, name }) => [userId, name]))
  return (
    <Card>
      <CardHeader title="History" description="Everything that happened to this task, newest first." />
      <CardBody>
        <ol className="flex flex-col gap-3">
          {events.map((event) => (
            <li key={event.id} className="text-[0.8125rem]">
              <p>
                <span className="font-medium">{event.actorName}</span>{event.actorKind === 'api_key' && ' by API key'} · {describeAction(event.action)} · <span className="text-text-muted"><RelativeTime iso={event.at.toISOString()} timeZone={timeZone} /></span>
              </p>
              {Object.keys(event.changes).length > 0 && <div className="text-text-muted"><Changes changes={event.changes} names={names} /></div>}
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  )
}
