'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { restoreSection } from '../actions'

export function RestoreButton({ entryId, version, current }: { entryId: string; version: number; current: number }) {
  const { run, pending } = useMemberAction(restoreSection)
  const toast = useToast()
  async function restore() {
    const state = await run({ entryId, version, current })
    if (state.status === 'ok') toast({ title: state.message ?? 'Restored.', tone: 'success' })
  }
  return <Button size="sm" pending={pending} onClick={() => void restore()} aria-label={`Restore version ${version}`}>Restore</Button>
}
