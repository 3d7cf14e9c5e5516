'use server'

import { superAdminAction } from '@/lib/actions/super-admin-action'
import { saveSettingsSchema, setSwitchSchema } from '@/lib/console/schema-settings'
import { saveSettings, setSwitch } from '@/lib/console/settings'
import { SWITCHES } from '@/lib/switches/keys'

export const saveInstallation = superAdminAction(saveSettingsSchema, async ({ token }, input) => {
  const data = await saveSettings(token, input)
  return { message: 'Saved. It acts on everybody’s next request.', data }
})

export const changeSwitch = superAdminAction(setSwitchSchema, async ({ token }, input) => {
  await setSwitch(token, input)
  return { message: `${SWITCHES[input.key].label} is ${input.enabled === null ? 'as it is elsewhere' : input.enabled ? 'on' : 'off'} now.` }
})
