'use client'

import { Bell, Check, Circle, Clock, ListTodo, UserPlus } from 'lucide-react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Day } from '@/components/ui/day'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { RelativeTime } from '@/components/ui/relative-time'
import { allowedNext, type Status } from '@/lib/tasks/rules'
import { RequestButtons } from '../settings/access/request-buttons'
import { dropNotification } from './actions'

export type Item = {
  key: string; kind: 'task' | 'join_request' | 'notification'; id: string; title: string; why: string; href: string; dueOn: string | null; at: string; isUnread: boolean
  wishedRole?: string; snoozedUntil?: string; task?: { id: string; title: string; status: string; version: number }
}

const ICONS = { task: ListTodo, join_request: UserPlus, notification: Bell }

type Props = { item: Item; slug: string; timeZone: string; focused: () => void; finish: () => void; putOff: (days: number) => void }

export function InboxRow({ item, slug, timeZone, focused, finish, putOff }: Props) {
  const Icon = ICONS[item.kind]
  const { run: drop } = useMemberAction(dropNotification)
  const isLate = item.why === 'Overdue'
  return (
    <li className="flex items-center gap-x-3 gap-y-1 px-4 py-2.5 focus-within:bg-surface-sunken">
      <Icon aria-hidden className="size-4 shrink-0 text-text-muted" />
      <span className="min-w-0 flex-1">
        <AppLink data-row href={`/${slug}${item.href}`} onFocus={focused} onClick={item.kind === 'notification' ? finish : undefined} className={`wrap-anywhere hover:underline ${item.isUnread ? 'font-medium' : ''}`}>{item.title}</AppLink>
        <span className="block truncate text-[0.8125rem] text-text-muted">
          {isLate ? <Badge tone="danger">Overdue</Badge> : item.why}
          {item.why && ' · '}
          <span>
            {item.snoozedUntil ? <>comes back <RelativeTime iso={item.snoozedUntil} timeZone={timeZone} /></> : item.dueOn ? <>due <Day iso={item.dueOn} timeZone="UTC" /></> : <>{item.task && 'changed '}<RelativeTime iso={item.at} timeZone={timeZone} /></>}
          </span>
        </span>
      </span>
      <span className="flex items-center gap-1">
        {item.kind === 'join_request' && <RequestButtons id={item.id} name={item.title.replace(/ asks to join$/, '')} wishedRole={item.wishedRole ?? 'member'} />}
        {item.task && allowedNext(item.task.status as Status).includes('done') && <IconButton size="sm" label={`Complete ${item.title}`} icon={<Circle />} onClick={finish} />}
        {item.kind === 'notification' && <IconButton size="sm" label={`Done with “${item.title}”`} icon={<Check />} onClick={finish} />}
        {item.snoozedUntil
          ? <IconButton size="sm" label={`Bring back “${item.title}”`} icon={<Clock />} onClick={() => putOff(1)} />
          : (
            <Menu trigger={<IconButton size="sm" label={`Put off “${item.title}”`} icon={<Clock />} />} align="end">
              <MenuItem onClick={() => putOff(1)}>Until tomorrow</MenuItem>
              <MenuItem onClick={() => putOff(3)}>For three days</MenuItem>
              <MenuItem onClick={() => putOff(7)}>For a week</MenuItem>
              {item.kind === 'notification' && <MenuItem tone="danger" onClick={() => void drop({ id: item.id })}>Delete</MenuItem>}
            </Menu>
          )}
      </span>
    </li>
  )
}
