'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { IconButton } from '@/components/ui/icon-button'
import { lazyComponent } from '@/components/ui/lazy-part'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import { setProjectStatus } from '../actions'
import type { EditableProject } from './edit-project-dialog'

const DeleteProjectDialog = lazyComponent(() => import('../delete-project-dialog').then((module) => module.DeleteProjectDialog))
const EditProjectDialog = lazyComponent(() => import('./edit-project-dialog').then((module) => module.EditProjectDialog))

type Editable = EditableProject & { key: string; status: string }

export function ProjectMenu({ project, path, mayDelete }: { project: Editable; path: string; mayDelete: boolean }) {
  const [dialog, setDialog] = useState<'edit' | 'archive' | 'complete' | 'delete' | null>(null)
  const [question, setQuestion] = useState('')
  const { run } = useMemberAction(setProjectStatus, { quiet: true })
  const toast = useToast()
  const become = async (status: string, confirmed = false) => {
    const state = await run({ id: project.id, version: project.version, status, confirmed: String(confirmed) })
    if (state.status === 'refused' && state.code === 'confirm_complete') {
      setQuestion(state.message)
      setDialog('complete')
      return
    }
    if (state.status === 'ok') toast({ title: state.message ?? 'Changed.', tone: 'success' })
    return state.status === 'refused' ? state.message : undefined
  }
  const choose = async (status: string) => {
    const problem = await become(status)
    if (problem) toast({ title: problem, tone: 'danger' })
  }
  const isClosed = project.status !== 'active'
  return (
    <>
      <Menu trigger={<IconButton label="More about this project" icon={<Ellipsis />} />} align="end">
        <MenuItem onClick={() => setDialog('edit')}>Edit project</MenuItem>
        <MenuLink href={`${path}/access`}>Who has access</MenuLink>
        <MenuLink href={`${path}/activity`}>Who opened and changed what</MenuLink>
        <MenuSeparator />
        {isClosed && <MenuItem onClick={() => void choose('active')}>Take up again</MenuItem>}
        {project.status === 'active' && <MenuItem onClick={() => void choose('paused')}>Pause</MenuItem>}
        {(project.status === 'active' || project.status === 'paused') && <MenuItem onClick={() => void choose('completed')}>Mark completed</MenuItem>}
        {project.status !== 'archived' && <MenuItem tone="danger" onClick={() => setDialog('archive')}>Archive…</MenuItem>}
        {mayDelete && <MenuItem tone="danger" onClick={() => setDialog('delete')}>Delete…</MenuItem>}
      </Menu>
      <EditProjectDialog project={project} open={dialog === 'edit'} onOpenChange={(open) => setDialog(open ? 'edit' : null)} />
      <ConfirmDialog open={dialog === 'complete'} onOpenChange={(open) => setDialog(open ? 'complete' : null)} tone="primary" title={`Complete ${project.name}?`} consequence={question} confirmLabel="Complete" action={() => become('completed', true)} />
      <DeleteProjectDialog project={project} open={dialog === 'delete'} onOpenChange={(open) => setDialog(open ? 'delete' : null)} />
      <ConfirmDialog
        open={dialog === 'archive'}
        onOpenChange={(open) => setDialog(open ? 'archive' : null)}
        title={`Archive ${project.name}?`}
        consequence="It leaves the lists and takes no new tasks. Nothing is deleted; it can be taken up again from the archived projects."
        confirmLabel="Archive"
        tone="primary"
        action={() => become('archived')}
      />
    </>
  )
}
