'use client'

import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { FLASH_COOKIE, FLASH_SECONDS } from '@/lib/flash'
import { useToast } from './toast'

/** Says on the next page what this one has done. */
export function leaveFlash(message: string) {
  document.cookie = `${FLASH_COOKIE}=${encodeURIComponent(message)}; path=/; max-age=${FLASH_SECONDS}; samesite=lax${secure()}`
}

/** Shows what the page before has left, as a toast; also where an act has led back to the page that it was done on. */
export function Flash() {
  // Rendered with each address; a page that leads back to itself renders it too.
  usePathname()
  const toast = useToast()
  useEffect(() => {
    const message = takeFlash()
    if (message) toast({ title: message, tone: 'success' })
  })
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
