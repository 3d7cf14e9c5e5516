import 'server-only'
import { cookies } from 'next/headers'
import { isSecure } from '@/lib/auth/cookies'
import { FLASH_COOKIE, FLASH_SECONDS } from '@/lib/flash'

/** Says on the page that is redirected to what was done. Read by the page's own script: nothing secret. */
export async function setFlash(message: string): Promise<void> {
  ;(await cookies()).set(FLASH_COOKIE, message, { path: '/', maxAge: FLASH_SECONDS, sameSite: 'lax', secure: isSecure() })
}
