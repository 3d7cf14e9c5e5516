'use client'

import { useRef, useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useShortcut } from '@/components/shell/shortcuts'
import { useToast } from '@/components/ui/toast'
import { readNotification, snooze, wake } from './actions'
import { InboxRow, type Item } from './inbox-row'

/** j and k go through the rows, e is done with a notification or opens the task, s puts off until tomorrow. */
export function InboxList({ items, slug, timeZone }: { items: Item[]; slug: string; timeZone: string }) {
  const [current, setCurrent] = useState(-1)
  const list = useRef<HTMLUListElement>(null)
  const read = useMemberAction(readNotification)
  const put = useMemberAction(snooze)
  const back = useMemberAction(wake)
  const toast = useToast()
  const linkAt = (index: number) => list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]')[index]
  function go(step: number) {
    const next = Math.max(0, Math.min(items.length - 1, current + step))
    setCurrent(next)
    linkAt(next)?.focus()
  }
  async function finish(item: Item | undefined) {
    if (item?.kind === 'notification') await read.run({ id: item.id, isRead: 'true' })
    else if (item) linkAt(items.indexOf(item))?.click()
  }
  async function putOff(item: Item | undefined, days = 1) {
    if (!item) return
    const state = item.snoozedUntil ? await back.run({ key: item.key }) : await put.run({ key: item.key, days })
    if (state.status === 'ok') toast({ title: state.message ?? 'Done.', tone: 'success' })
  }
  useShortcut('j', () => go(1), 'Next in the inbox')
  useShortcut('k', () => go(-1), 'Previous in the inbox')
  useShortcut('e', () => void finish(items[current]), 'Done with it')
  useShortcut('s', () => void putOff(items[current]), 'Put off until tomorrow')
  return (
    <ul ref={list} aria-label="Inbox" className="divide-y rounded-lg border bg-surface-raised">
      {items.map((item, index) => (
        <InboxRow key={item.key} item={item} slug={slug} timeZone={timeZone} focused={() => setCurrent(index)} finish={() => void finish(item)} putOff={(days) => void putOff(item, days)} />
      ))}
    </ul>
  )
}
