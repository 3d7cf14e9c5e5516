'use client'

import { Download } from 'lucide-react'
import { useOrganization } from '@/components/forms/organization'
import { buttonClass } from '@/components/ui/button-class'

/** What failed, to be read, and to be corrected and sent again. */
export function ErrorLinks({ batch }: { batch: string }) {
  const { slug } = useOrganization()
  const url = `/api/v1/${slug}/imports/${batch}/errors`
  return (
    <p className="flex flex-wrap gap-2">
      <a href={`${url}?kind=reasons`} download className={buttonClass({ size: 'sm' })}><Download aria-hidden className="size-4" /> List of errors</a>
      <a href={`${url}?kind=rows`} download className={buttonClass({ size: 'sm' })}><Download aria-hidden className="size-4" /> Only these rows, to correct</a>
    </p>
  )
}
