'use client'

import { Megaphone, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import { DISMISSED_COOKIE, dismissedIn } from '@/lib/announcements/dismissed'

const KEPT_S = 90 * 86_400

/** What the platform has to say, until it is put away in this browser. */
export function AnnouncementBanner({ id, text, level }: { id: string; text: string; level: 'info' | 'warning' }) {
  const [isGone, setGone] = useState(false)
  if (isGone) return null
  const Icon = level === 'warning' ? TriangleAlert : Megaphone
  function putAway() {
    const kept = dismissedIn(document.cookie.split('; ').find((one) => one.startsWith(`${DISMISSED_COOKIE}=`))?.slice(DISMISSED_COOKIE.length + 1))
    document.cookie = `${DISMISSED_COOKIE}=${[...kept, id].join('.')}; path=/; max-age=${KEPT_S}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`
    setGone(true)
  }
  return (
    <div className={classNames('flex items-start gap-2 border-b px-4 py-2 print:hidden sm:px-6 lg:px-8', level === 'warning' ? 'bg-warning-soft text-warning' : 'bg-info-soft text-info')}>
      <Icon aria-hidden className="mt-1 size-4 shrink-0" />
      <p className="min-w-0 flex-1 whitespace-pre-line wrap-anywhere"><span className="sr-only">Announcement: </span>{text}</p>
      <IconButton label="Put this announcement away" icon={<X />} size="sm" onClick={putAway} />
    </div>
  )
}
