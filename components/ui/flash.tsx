'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { FLASH_COOKIE, FLASH_SECONDS } from '@/lib/flash'
import { useToast } from './toast'

/** Says on the next page what this one has done. */
export function leaveFlash(message: string) {
  document.cookie = `${FLASH_COOKIE}=${encodeURIComponent(message)}; path=/; max-age=${FLASH_SECONDS}; samesite=lax${secure()}`
}

/** Shows what the page before has left, as a toast. */
export function Flash() {
  const pathname = usePathname()
  const toast = useToast()
  useEffect(() => {
    const message = takeFlash()
    if (message) toast({ title: message, tone: 'success' })
  }, [pathname, toast])
  return null
}

const secure = () => (location.protocol === 'https:' ? '; secure' : '')

function takeFlash(): string | null {
  const found = document.cookie.split('; ').find((one) => one.startsWith(`${FLASH_COOKIE}=`))
  if (!found) return null
  document.cookie = `${FLASH_COOKIE}=; path=/; max-age=0; samesite=lax${secure()}`
  try {
    return decodeURIComponent(found.slice(FLASH_COOKIE.length + 1))
  } catch {
    // Not of our making.
    return null
  }
}
