import Link from 'next/link'
import type { ComponentProps } from 'react'
import { NavProgress } from './nav-progress'

/** A link that shows the bar at the top of the window while the next page is being fetched. */
export function AppLink({ children, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link {...props}>
      {children}
      <NavProgress href={typeof props.href === 'string' ? props.href : (props.href.pathname ?? '')} />
    </Link>
  )
}
