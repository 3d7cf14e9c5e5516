'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { editProject, setProjectStatus } from '../actions'
import { DeleteProjectDialog } from '../delete-project-dialog'
import { ProjectFields } from '../project-fields'

type Editable = { id: string; key: string; version: number; name: string; description: string; colour: string; status: string; startsOn: string; targetOn: string }

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
      <Dialog title="Edit project" size="lg" open={dialog === 'edit'} onOpenChange={(open) => setDialog(open ? 'edit' : null)}>
        <ActionForm action={editProject} hidden={{ id: project.id, version: project.version }} className="flex flex-col gap-4" onDone={({ message }) => { setDialog(null); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
          {(form) => (
            <>
              <ProjectFields form={form} initial={project} />
              <DialogActions>
                <DialogClose render={<Button>Cancel</Button>} />
                <SubmitButton>Save</SubmitButton>
              </DialogActions>
            </>
          )}
        </ActionForm>
      </Dialog>
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
