'use client'

import Link from 'next/link'
import { type ComponentProps, useState } from 'react'
import { NavProgress } from './nav-progress'

/**
 * A link that shows the bar at the top of the window while the next page is being fetched. The page is begun when the link
 * is pointed at or focused, not when it comes into view: a list has fifty links, and each would be a request.
 */
export function AppLink({ children, onPointerEnter, onFocus, ...props }: ComponentProps<typeof Link>) {
  const [isMeant, setMeant] = useState(false)
  return (
    <Link {...props} prefetch={isMeant ? null : false} onPointerEnter={(event) => { setMeant(true); onPointerEnter?.(event) }} onFocus={(event) => { setMeant(true); onFocus?.(event) }}>
      {children}
      <NavProgress href={typeof props.href === 'string' ? props.href : (props.href.pathname ?? '')} />
    </Link>
  )
}
