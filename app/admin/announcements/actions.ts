'use server'

import { superAdminAction } from '@/lib/actions/super-admin-action'
import { announcementIdSchema, announceSchema } from '@/lib/console/schema-settings'
import { announce, endAnnouncement } from '@/lib/console/settings'

export const makeAnnouncement = superAdminAction(announceSchema, async ({ person, token }, input) => {
  await announce(token, input, person.timezone ?? 'UTC')
  return { message: 'Announced. Everybody whom it is for sees it within a minute of its beginning.' }
})

export const stopAnnouncement = superAdminAction(announcementIdSchema, async ({ token }, { id }) => {
  await endAnnouncement(token, id)
  return { message: 'It is gone within a minute.' }
})
