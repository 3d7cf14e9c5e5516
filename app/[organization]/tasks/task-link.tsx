'use client'

import type { ComponentProps } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { usePanel } from './use-panel'

/** A plain link to the page of a task, which a plain click opens at the side of the list. */
export function TaskLink({ taskKey, ...props }: ComponentProps<typeof AppLink> & { taskKey: string }) {
  const { open } = usePanel()
  return (
    <AppLink
      {...props}
      data-task={taskKey}
      onClick={(event) => {
        props.onClick?.(event)
        const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
        if (!event.defaultPrevented && isPlain && open(taskKey)) event.preventDefault()
      }}
    />
  )
}
