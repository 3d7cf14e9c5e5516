'use client'

import { Star } from 'lucide-react'
import { startTransition, useOptimistic } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import type { Suggestion } from '@/lib/suggestions/suggestions'
import { rateSuggestion } from '../../suggestion-actions'

const STARS = [1, 2, 3, 4, 5]

/** How good a suggestion was, in stars. */
export function Rating({ suggestion: { id, title, rating }, mayRate }: { suggestion: Suggestion; mayRate: boolean }) {
  const { run } = useMemberAction(rateSuggestion)
  const [shown, show] = useOptimistic(rating ?? 0)
  if (!mayRate) return rating ? <span className="text-[0.8125rem] text-text-muted">{rating} of 5</span> : null
  return (
    <span role="group" aria-label={`Rate ${title}`} className="flex">
      {STARS.map((star) => (
        <button
          key={star} type="button" aria-label={`${star} of 5`} aria-pressed={shown === star}
          className="grid size-6.5 place-items-center rounded-sm text-text-muted hover:text-text pointer-coarse:size-9"
          onClick={() => startTransition(async () => void (await run({ id, rating: String(star) }, () => show(star))))}
        >
          <Star aria-hidden className={star <= shown ? 'size-4 fill-current text-accent' : 'size-4'} />
        </button>
      ))}
    </span>
  )
}
