'use client'

import { GitPullRequestArrow, Unlink } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { IconButton } from '@/components/ui/icon-button'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { Dependencies as Both, Neighbour } from '@/lib/tasks/dependencies'
import { dependOn, undepend } from '../../../../tasks/dependency-actions'
import { StatusBadge } from '../../../../tasks/status'
import { NOTHING_PICKED, TaskPicker } from './task-picker'

type Props = { task: { id: string; projectId: string; isOpen: boolean }; projectKey: string; dependencies: Both & { dependentCount: number }; path: string; mayEdit: boolean }

/** What this task waits for, and what waits for it. */
export function Dependencies({ task, projectKey, dependencies: { dependsOn, dependents, dependentCount }, path, mayEdit }: Props) {
  if (dependsOn.length + dependents.length === 0 && !(mayEdit && task.isOpen)) return null
  const entries = (list: Neighbour[], label: string, removable: boolean) => list.length > 0 && (
    <div>
      <h3 className="text-[0.8125rem] font-medium text-text-muted">{label}</h3>
      <ul aria-label={label} className="divide-y">{list.map((neighbour) => <Entry key={neighbour.dependencyId} taskId={task.id} neighbour={neighbour} projectKey={projectKey} path={path} mayRemove={mayEdit && removable} />)}</ul>
    </div>
  )
  return (
    <Card>
      <CardHeader title={`Dependencies (${(dependsOn.length + dependentCount).toLocaleString('en')})`} actions={mayEdit && task.isOpen && <DependencyDialog task={task} />} />
      <CardBody className="flex flex-col gap-3">
        {dependsOn.length + dependents.length === 0 && <p className="text-text-muted">It waits for no other task.</p>}
        {entries(dependsOn, 'Waits for', true)}
        {entries(dependents, 'Waited for by', true)}
        {dependentCount > dependents.length && <p className="text-text-muted">And {(dependentCount - dependents.length).toLocaleString('en')} more wait for it.</p>}
      </CardBody>
    </Card>
  )
}

function Entry({ taskId, neighbour, projectKey, path, mayRemove }: { taskId: string; neighbour: Neighbour; projectKey: string; path: string; mayRemove: boolean }) {
  const { run: remove, pending } = useMemberAction(undepend)
  const toast = useToast()
  const { dependencyId, id, number, title, status } = neighbour
  async function take() {
    const state = await remove({ id: dependencyId })
    if (state.status === 'ok') toast({ title: `${projectKey}-${number} is no longer a dependency.`, tone: 'success' })
  }
  return (
    <li key={`${taskId}${id}`} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <AppLink href={`${path}/${number}`} className="min-w-0 flex-1 basis-48 wrap-anywhere hover:underline"><span className="me-2 font-mono text-xs text-text-muted">{projectKey}-{number}</span>{title}</AppLink>
      <StatusBadge status={status} />
      {mayRemove && <IconButton size="sm" label={`Remove the dependency on ${projectKey}-${number}`} icon={<Unlink />} pending={pending} onClick={() => void take()} />}
    </li>
  )
}

function DependencyDialog({ task }: { task: { id: string; projectId: string } }) {
  const [open, setOpen] = useState(false)
  const [picked, setPicked] = useState(NOTHING_PICKED)
  const toast = useToast()
  return (
    <Dialog title="What does it wait for?" open={open} onOpenChange={setOpen} trigger={<Button size="sm" icon={<GitPullRequestArrow />}>Add a dependency</Button>}>
      <ActionForm action={dependOn} hidden={{ taskId: task.id }} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); setPicked(NOTHING_PICKED); toast({ title: message ?? 'Added.', tone: 'success' }) }}>
        {(form) => (
          <>
            <TaskPicker name="dependsOnId" leftOut={task.id} projectId={task.projectId} picked={picked} setPicked={setPicked} error={form.error('dependsOnId')} />
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Add</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
