'use server'

import { z } from 'zod'
import { memberAction } from '@/lib/actions/member-action'
import { itemKey, snoozeItem, snoozeSchema, wakeItem } from '@/lib/inbox/snoozes'
import { deleteNotification, markAllNotifications, markNotification } from '@/lib/notifications/notifications'

export const readNotification = memberAction(z.strictObject({ id: z.uuid(), isRead: z.stringbool().default(true) }), async (scope, input) => {
  await markNotification(scope, input)
})

export const readAllNotifications = memberAction(z.strictObject({}), async (scope) => {
  const { count } = await markAllNotifications(scope)
  return { message: count === 1 ? 'One marked as read.' : `${count} marked as read.` }
})

export const dropNotification = memberAction(z.strictObject({ id: z.uuid() }), async (scope, { id }) => {
  await deleteNotification(scope, id)
})

export const snooze = memberAction(snoozeSchema, async (scope, input) => {
  await snoozeItem(scope, input)
  return { message: input.days === 1 ? 'It comes back tomorrow.' : `It comes back in ${input.days} days.` }
})

export const wake = memberAction(z.strictObject({ key: itemKey }), async (scope, { key }) => {
  await wakeItem(scope, key)
  return { message: 'It is back.' }
})
