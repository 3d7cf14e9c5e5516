'use client'

import { useLinkStatus } from 'next/link'
import { createPortal } from 'react-dom'

/** Must stand inside a `<Link>`, whose state it shows. */
export function NavProgress() {
  const { pending } = useLinkStatus()
  return <NavProgressBar pending={pending} />
}

/** For navigation by `router.push` inside a transition. In the body, so that no transformed ancestor can hold it. */
export function NavProgressBar({ pending }: { pending: boolean }) {
  if (!pending) return null
  return createPortal(<div aria-hidden className="fixed inset-x-0 top-0 z-70 h-0.5 origin-left animate-progress bg-accent" />, document.body)
}
