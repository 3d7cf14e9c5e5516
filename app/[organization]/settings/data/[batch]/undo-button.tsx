'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { startUndo } from '../../../imports/actions'

export function UndoButton({ id, fileName, created }: { id: string; fileName: string; created: number }) {
  const { run } = useMemberAction(startUndo, { quiet: true })
  const undo = async () => {
    const state = await run({ id })
    return state.status === 'refused' ? state.message : undefined
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
