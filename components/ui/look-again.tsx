'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Looks again while something is awaited from elsewhere, as long as the page is in sight. */
export function LookAgain({ everyS }: { everyS: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && router.refresh(), everyS * 1_000)
    return () => clearInterval(timer)
  }, [router, everyS])
  return null
}
