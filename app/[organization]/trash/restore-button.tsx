'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { untrashTasks } from '../tasks/actions'

export function RestoreButton({ id, title }: { id: string; title: string }) {
  const { run, pending } = useMemberAction(untrashTasks)
  const toast = useToast()
  async function restore() {
    const state = await run({ ids: [id] })
    if (state.status === 'ok') toast({ title: state.message ?? 'Restored.', tone: 'success' })
  }
  return <Button size="sm" pending={pending} onClick={() => void restore()} aria-label={`Restore ${title}`}>Restore</Button>
}
