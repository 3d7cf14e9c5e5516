'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useToast } from '@/components/ui/toast'
import { startUndo } from './actions'

export function UndoButton({ id, fileName, created, onDone }: { id: string; fileName: string; created: number; /** With the job that undoes it. */ onDone?: (job: string) => void }) {
  const { run } = useMemberAction(startUndo, { quiet: true })
  const toast = useToast()
  const undo = async () => {
    const state = await run({ id })
    if (state.status === 'refused') return state.message
    if (state.status === 'ok' && onDone) onDone(state.data!.job)
    else toast({ title: `The import of ${fileName} is being undone.` })
  }
  return (
    <ConfirmDialog
      title={`Undo the import of ${fileName}?`}
      consequence={`What it made goes: ${created.toLocaleString('en')} records. Those that somebody has changed or used since stay, and are listed here.`}
      confirmLabel="Undo import"
      action={undo}
      trigger={<Button>Undo import</Button>}
    />
  )
}
