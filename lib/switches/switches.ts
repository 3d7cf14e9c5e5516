import 'server-only'
import { ask } from '@/lib/platform/ask'
import { SWITCHES, type SwitchKey } from './keys'

/** Whether something is on for a member's organization, read now: its own switch, else the installation's, else as it comes. `null`: outside of any organization. */
export async function isEnabled(member: { tenantId: string } | null, key: SwitchKey): Promise<boolean> {
  return (await ask<{ is_enabled: boolean }>('is_enabled($1, $2, $3)', [member?.tenantId ?? null, key, SWITCHES[key].standard]))[0]!.is_enabled
}
