'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { editProject } from '../actions'
import { ProjectFields } from '../project-fields'

export type EditableProject = { id: string; version: number; name: string; description: string; colour: string; startsOn: string; targetOn: string }

type Props = { project: EditableProject; open: boolean; onOpenChange: (open: boolean) => void }

export function EditProjectDialog({ project, open, onOpenChange }: Props) {
  const toast = useToast()
  return (
    <Dialog title="Edit project" size="lg" open={open} onOpenChange={onOpenChange}>
      <ActionForm action={editProject} hidden={{ id: project.id, version: project.version }} className="flex flex-col gap-4" onDone={({ message }) => { onOpenChange(false); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
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
  )
}
