import { Inbox } from 'lucide-react'
import type { Metadata } from 'next'
import { z } from 'zod'
import { PageHeader } from '@/components/shell/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { INBOX_VIEWS, listInbox, type InboxView } from '@/lib/inbox/inbox'
import { InboxList } from './inbox-list'
import { ReadAllButton } from './read-all-button'

export const metadata: Metadata = { title: 'Inbox' }

const LABELS: Record<InboxView, string> = { waiting: 'Everything', tasks: 'Tasks', people: 'People', told: 'Told', snoozed: 'Later' }
const EMPTY: Record<InboxView, string> = {
  waiting: 'Tasks that are assigned to you, people who ask to join, and what you are told show up here.', tasks: 'No open task is assigned to you.',
  people: 'Nobody asks to join.', told: 'You have read all that you were told.', snoozed: 'You have put nothing off.',
}
const viewSchema = z.object({ view: z.enum(INBOX_VIEWS).catch('waiting') })
type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function InboxPage({ params, searchParams }: Props) {
  const { view } = viewSchema.parse(await searchParams)
  const { items, member } = await memberPage((await params).organization, async (scope) => ({ items: await listInbox(scope, view), member: scope.member }))
  const path = `/${member.organization.slug}/inbox`
  const views = INBOX_VIEWS.filter((one) => one !== 'people' || can(member.role, 'members:manage'))
  return (
    <>
      <PageHeader title="Inbox" description="What waits for you: overdue first, then today, then the newest." actions={items.some(({ kind }) => kind === 'notification') && <ReadAllButton />} />
      <Segmented label="What is shown" className="mb-4" options={views.map((one) => ({ href: one === 'waiting' ? path : `${path}?view=${one}`, label: LABELS[one], current: one === view }))} />
      {items.length === 0
        ? <EmptyState icon={<Inbox />} title="Nothing waits for you">{EMPTY[view]}</EmptyState>
        : <InboxList key={view} items={items.map(({ at, snoozedUntil, ...item }) => ({ ...item, at: at.toISOString(), snoozedUntil: snoozedUntil?.toISOString() }))} slug={member.organization.slug} timeZone={member.timezone} />}
    </>
  )
}
