'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useOrganization } from '@/components/forms/organization'
import { useNavigate } from '@/components/shell/use-navigate'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { LimitNote } from '@/components/ui/limit-note'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { addProject } from './actions'
import { ProjectFields, SharingFields } from './project-fields'

export function NewProjectDialog({ teams, remaining, defaultOpen }: { teams: { id: string; name: string }[]; remaining: number | null; defaultOpen: boolean }) {
  const [open, setOpen] = useState(defaultOpen)
  const { slug } = useOrganization()
  const { navigate } = useNavigate()
  const toast = useToast()
  useShortcut('n', () => setOpen(true), 'New project')
  return (
    <Dialog title="New project" size="lg" open={open} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus />}>New project</Button>}>
      <ActionForm
        action={addProject}
        className="flex flex-col gap-4"
        onDone={({ message, data }) => {
          setOpen(false)
          toast({ title: message ?? 'Project created.', tone: 'success' })
          navigate(`/${slug}/projects/${(data as { slug: string }).slug}`)
        }}
      >
        {(form) => (
          <>
            {remaining !== null && <LimitNote remaining={remaining} what="project" />}
            <ProjectFields form={form} />
            <SharingFields form={form} teams={teams} />
            <DialogActions>
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton>Create project</SubmitButton>
            </DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
