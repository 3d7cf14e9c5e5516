'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { startApply } from '../../../imports/actions'

/** Brings in a file that was tried and then left. */
export function ApplyButton({ id, fileName, created, failed }: { id: string; fileName: string; created: number; failed: number }) {
  const { run } = useMemberAction(startApply, { quiet: true })
  const label = `Import ${created.toLocaleString('en')} ${created === 1 ? 'row' : 'rows'}`
  const apply = async () => {
    const state = await run({ id, mode: failed > 0 ? 'skip_failed' : 'all_or_nothing' })
    return state.status === 'refused' ? state.message : undefined
  }
  return (
    <ConfirmDialog
      title={`Import ${fileName}?`}
      tone="primary"
      consequence={`${created.toLocaleString('en')} ${created === 1 ? 'record is' : 'records are'} made${failed > 0 ? `, ${failed.toLocaleString('en')} ${failed === 1 ? 'row is' : 'rows are'} left out` : ''}. It can be undone for 30 days.`}
      confirmLabel={label}
      action={apply}
      trigger={<Button variant="primary">{label}</Button>}
    />
  )
}
