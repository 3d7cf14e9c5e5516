'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { undropProject } from '../projects/actions'
import { untrashTasks } from '../tasks/actions'

export function RestoreButton({ id, title, kind }: { id: string; title: string; kind: 'task' | 'project' }) {
  const { run: restoreTask, pending: isTask } = useMemberAction(untrashTasks)
  const { run: restoreProject, pending: isProject } = useMemberAction(undropProject)
  const toast = useToast()
  async function restore() {
    const state = await (kind === 'task' ? restoreTask({ ids: [id] }) : restoreProject({ id }))
    if (state.status === 'ok') toast({ title: state.message ?? 'Restored.', tone: 'success' })
  }
  return <Button size="sm" pending={isTask || isProject} onClick={() => void restore()} aria-label={`Restore ${title}`}>Restore</Button>
}
