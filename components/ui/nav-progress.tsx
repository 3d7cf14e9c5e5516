'use client'

import { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { expectPage } from '@/components/shell/pending-page'

/** Must stand inside a `<Link>`, whose state it shows. Another page than this one is announced to PendingPage. */
export function NavProgress({ href }: { href: string }) {
  const { pending } = useLinkStatus()
  const isOtherPage = href.split('?')[0] !== usePathname()
  useEffect(() => (pending && isOtherPage ? expectPage() : undefined), [pending, isOtherPage])
  return <NavProgressBar pending={pending} />
}

/** For navigation by `router.push` inside a transition. In the body, so that no transformed ancestor can hold it. */
export function NavProgressBar({ pending }: { pending: boolean }) {
  if (!pending) return null
  return createPortal(<div aria-hidden className="fixed inset-x-0 top-0 z-70 h-0.5 origin-left animate-progress bg-accent" />, document.body)
}
