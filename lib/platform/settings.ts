import 'server-only'
import { env } from '@/lib/env'
import { ask } from './ask'

export type PlatformSettings = { signUp: 'open' | 'closed' | null; contact: string }

/** What the console has set, as it is now; nothing said: as the environment says. */
export async function readPlatformSettings(): Promise<PlatformSettings> {
  const [row] = await ask<{ sign_up: PlatformSettings['signUp']; contact: string }>('platform_settings_now()')
  return { signUp: row?.sign_up ?? null, contact: row?.contact ?? '' }
}

/** Whether people may make accounts by themselves. SIGN_UP=closed in the environment is a bound; open, or nothing, where the console begins. */
export async function maySignUp(): Promise<boolean> {
  const { SIGN_UP } = env()
  if (SIGN_UP === 'closed') return false
  return ((await readPlatformSettings()).signUp ?? SIGN_UP ?? 'closed') === 'open'
}
