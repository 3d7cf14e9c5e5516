'use client'

import { useEffect, useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { Contents } from '@/lib/projects/deletion'
import { dropProject, weigh } from './actions'

type Props = { project: { id: string; name: string; key: string }; open: boolean; onOpenChange: (open: boolean) => void }

/** Counts first what goes, then asks for the key of the project. */
export function DeleteProjectDialog({ project: { id, name, key }, open, onOpenChange }: Props) {
  const { run: count } = useMemberAction(weigh)
  const { run: drop } = useMemberAction(dropProject, { quiet: true })
  const [contents, setContents] = useState<Contents | null>(null)
  useEffect(() => {
    if (!open) return
    void count({ id }).then((state) => (state.status === 'ok' ? setContents(state.data ?? null) : onOpenChange(false)))
    // Counted once, as it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open])
  return (
    <ConfirmDialog
      open={open && contents !== null} onOpenChange={onOpenChange} title={`Delete ${name}?`} confirmLabel="Delete the project" typed={key}
      consequence={contents && `${wordsOf(contents)} It is gone for everybody at once. For 30 days it can be restored from the trash with all that is in it; then it is erased for good.`}
      action={async (form) => {
        const state = await drop({ id, confirmation: String(form.get('confirmation')) })
        if (state.status === 'refused') return state.message
      }}
    />
  )
}

function wordsOf({ tasks, files, ideas, notes }: Contents): string {
  const counts: [number, string, string][] = [[tasks, 'task', 'tasks'], [files, 'file', 'files'], [ideas, 'idea', 'ideas'], [notes, 'notebook entry', 'notebook entries']]
  const parts = counts.flatMap(([count, one, many]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]))
  if (parts.length === 0) return 'Nothing is in it.'
  const total = counts.reduce((sum, [count]) => sum + count, 0)
  return `${parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0]} ${total === 1 ? 'goes' : 'go'} with it.`
}
