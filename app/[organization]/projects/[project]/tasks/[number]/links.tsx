'use client'

import { Unlink } from 'lucide-react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { IconButton } from '@/components/ui/icon-button'
import { useToast } from '@/components/ui/toast'
import type { TaskLink } from '@/lib/links/links'
import { linkTask, unlinkTask } from '../../../../tasks/link-actions'
import { StatusBadge } from '../../../../tasks/status'
import { LinkDialog } from './link-dialog'

type Props = { taskId: string; links: TaskLink[]; base: string; mayLink: boolean }

export function Links({ taskId, links, base, mayLink }: Props) {
  if (links.length === 0 && !mayLink) return null
  return (
    <Card>
      <CardHeader title={`Links (${links.length})`} actions={mayLink && <LinkDialog taskId={taskId} />} />
      <CardBody>
        {links.length === 0 && <p className="text-text-muted">No other task is linked yet.</p>}
        <ul aria-label="Linked tasks" className="-mt-2 divide-y empty:hidden">
          {links.map((link) => <Entry key={link.id} taskId={taskId} link={link} base={base} mayRemove={mayLink && link.isEditable} />)}
        </ul>
      </CardBody>
    </Card>
  )
}

function Entry({ taskId, link, base, mayRemove }: { taskId: string; link: TaskLink; base: string; mayRemove: boolean }) {
  const { run: remove, pending } = useMemberAction(unlinkTask)
  const { run: putBack } = useMemberAction(linkTask)
  const toast = useToast()
  const { id, relation, isReversed, words, task } = link
  async function take() {
    const state = await remove({ id })
    if (state.status === 'ok') toast({ title: `Link to ${task.key} removed.`, action: { label: 'Undo', onClick: () => void putBack({ taskId, otherId: task.id, relation, isReversed: String(isReversed) }) } })
  }
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <span className="w-full shrink-0 text-[0.8125rem] text-text-muted sm:w-28">{words}</span>
      <AppLink href={`${base}/${task.projectSlug}/tasks/${task.number}`} className="min-w-0 flex-1 basis-48 wrap-anywhere hover:underline">
        <span className="me-2 font-mono text-xs text-text-muted">{task.key}</span>
        {task.title}
      </AppLink>
      <StatusBadge status={task.status} />
      {mayRemove && <IconButton size="sm" label={`Remove the link to ${task.key}`} icon={<Unlink />} pending={pending} onClick={() => void take()} />}
    </li>
  )
}
