'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Asks the server anew once somebody has clicked on from `path`: this page was made with that one, and support may be over since. */
export function LookAgain({ path }: { path: string }) {
  const router = useRouter()
  const isElsewhere = usePathname() !== path
  useEffect(() => {
    if (isElsewhere) router.refresh()
  }, [isElsewhere, router])
  return null
}
