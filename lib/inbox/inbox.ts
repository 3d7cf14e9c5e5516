import 'server-only'
import { listJoinRequests } from '@/lib/access/join-requests'
import { can } from '@/lib/authorization/permissions'
import { isOn } from '@/lib/modules/modules'
import { listNotifications } from '@/lib/notifications/notifications'
import { listMyWork } from '@/lib/work/work'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { listSnoozed } from './snoozes'

export type InboxItem = {
  /** What it is and which: `task:<id>`. */
  key: string
  kind: 'task' | 'join_request' | 'notification'
  id: string
  title: string
  why: string
  href: string
  /** `YYYY-MM-DD` */
  dueOn: string | null
  at: Date
  isUnread: boolean
  wishedRole?: string
  /** A task, to be finished from here. */
  task?: { id: string; title: string; status: string; version: number }
  snoozedUntil?: Date
}

export const INBOX_VIEWS = ['waiting', 'tasks', 'people', 'told', 'snoozed'] as const
export type InboxView = (typeof INBOX_VIEWS)[number]

type Provider = (scope: Scope, today: string) => Promise<InboxItem[]>

/** One for each thing that can wait for somebody. A module adds its own here. */
const PROVIDERS: Record<InboxItem['kind'], Provider> = {
  task: async (scope, today) => {
    if (!isOn(scope.member, 'projects')) return []
    const work = await listMyWork(scope, today)
    return [...work.overdue, ...work.today, ...work.blocked, ...work.next].map((task) => {
      const dueOn = task.dueOn?.toISOString().slice(0, 10) ?? null
      const why = dueOn && dueOn < today ? 'Overdue' : dueOn === today ? 'Due today' : task.status === 'blocked' ? 'Blocked' : 'Assigned to you'
      return {
        key: `task:${task.id}`, kind: 'task', id: task.id, title: `${task.key} ${task.title}`, why, href: `/projects/${task.projectSlug}/tasks/${task.number}`, dueOn,
        at: task.updatedAt, isUnread: false, task: { id: task.id, title: task.title, status: task.status, version: task.version },
      }
    })
  },
  join_request: async (scope) => {
    if (!can(scope.member.role, 'members:manage')) return []
    return (await listJoinRequests(scope)).map(({ id, name, wishedRole, askedAt }) => ({
      key: `join_request:${id}`, kind: 'join_request', id, title: `${name} asks to join`, why: wishedRole ? `As ${wishedRole}` : 'An owner or admin decides',
      href: '/settings/access', dueOn: null, at: askedAt, isUnread: true, wishedRole: wishedRole ?? 'member',
    }))
  },
  notification: async (scope) => (await listNotifications(scope, { unreadOnly: true })).map(({ id, title, body, link, createdAt }) => ({
    key: `notification:${id}`, kind: 'notification', id, title, why: body, href: link, dueOn: null, at: createdAt, isUnread: true,
  })),
}

const OF_VIEW: Record<InboxView, InboxItem['kind'][]> = { waiting: ['task', 'join_request', 'notification'], tasks: ['task'], people: ['join_request'], told: ['notification'], snoozed: ['task', 'join_request', 'notification'] }

/** What waits for me: overdue first, then today's, then the newest. */
export async function listInbox(scope: Scope, view: InboxView): Promise<InboxItem[]> {
  const today = toDay(new Date(), scope.member.timezone)
  const snoozed = await listSnoozed(scope)
  const items: InboxItem[] = []
  for (const kind of OF_VIEW[view]) items.push(...(await PROVIDERS[kind](scope, today)))
  const rank = ({ dueOn }: InboxItem) => (dueOn === null || dueOn > today ? 2 : dueOn < today ? 0 : 1)
  return items
    .map((item) => ({ ...item, snoozedUntil: snoozed.get(item.key) }))
    .filter(({ snoozedUntil }) => (view === 'snoozed') === (snoozedUntil !== undefined))
    .sort((a, b) => rank(a) - rank(b) || (rank(a) === 0 ? a.dueOn!.localeCompare(b.dueOn!) : 0) || b.at.getTime() - a.at.getTime())
}
