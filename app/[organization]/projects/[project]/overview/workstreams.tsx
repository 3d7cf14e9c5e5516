'use client'

import { Ellipsis, GitBranch, NotebookPen, Waypoints } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { ProgressBar } from '@/components/ui/progress-bar'
import { useToast } from '@/components/ui/toast'
import type { Workstream } from '@/lib/workstreams/workstreams'
import { moveWorkstream, removeWorkstream } from '../../plan-actions'
import { NewWorkstreamDialog, WorkstreamDialog } from './workstream-dialog'

type Props = { projectId: string; workstreams: Workstream[]; path: string; mayManage: boolean }

export function Workstreams({ projectId, workstreams, path, mayManage }: Props) {
  return (
    <Card aria-labelledby="workstreams">
      <CardHeader title={<span id="workstreams">Workstreams</span>} actions={mayManage && <NewWorkstreamDialog projectId={projectId} />} />
      <CardBody>
        {workstreams.length === 0 && <EmptyState icon={<Waypoints />} title="No workstreams yet">{mayManage ? 'A workstream is a line of work inside a project: backend, design, launch.' : 'Nobody has divided this project into workstreams.'}</EmptyState>}
        <ul aria-label="Workstreams" className="-my-2 divide-y empty:hidden">{workstreams.map((workstream) => <Entry key={workstream.id} workstream={workstream} path={path} mayManage={mayManage} />)}</ul>
      </CardBody>
    </Card>
  )
}

function Entry({ workstream, path, mayManage }: { workstream: Workstream; path: string; mayManage: boolean }) {
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null)
  const { run: place } = useMemberAction(moveWorkstream)
  const { run: remove } = useMemberAction(removeWorkstream, { quiet: true })
  const toast = useToast()
  const { id, name, description, gitBranch, status, totalCount, doneCount, openCount, blockedCount } = workstream
  return (
    <li className="flex flex-col gap-1.5 py-2.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="font-medium wrap-anywhere">
            <AppLink href={`${path}?workstream=${id}`} className="inline-flex min-h-6 items-center hover:underline">{name}</AppLink> {status !== 'active' && <Badge>{status}</Badge>}
          </p>
          {description && <p className="text-[0.8125rem] wrap-anywhere text-text-muted">{description}</p>}
          {gitBranch && <p className="flex items-center gap-1 font-mono text-xs wrap-anywhere text-text-muted"><GitBranch aria-label="Branch" className="size-3.5 shrink-0" />{gitBranch}</p>}
        </div>
        <AppLink href={`${path}/notebook?workstream=${id}`} aria-label={`Notebook of ${name}`} className={buttonClass({ size: 'sm', variant: 'ghost' })}><NotebookPen /></AppLink>
        {mayManage && (
          <Menu trigger={<IconButton size="sm" variant="ghost" label={`More about ${name}`} icon={<Ellipsis />} />} align="end">
            <MenuItem onClick={() => setDialog('edit')}>Edit…</MenuItem>
            <MenuItem onClick={() => void place({ id, by: '-1' })}>Move up</MenuItem>
            <MenuItem onClick={() => void place({ id, by: '1' })}>Move down</MenuItem>
            <MenuSeparator />
            <MenuItem tone="danger" onClick={() => setDialog('delete')}>Delete…</MenuItem>
          </Menu>
        )}
      </div>
      {totalCount > 0 && <ProgressBar label={`Progress of ${name}`} value={doneCount} max={totalCount} showValue />}
      <p className="text-[0.8125rem] text-text-muted">{totalCount === 0 ? 'No tasks yet.' : `${doneCount} of ${totalCount} done, ${openCount} open${blockedCount ? `, ${blockedCount} blocked` : ''}.`}</p>
      <WorkstreamDialog title="Edit workstream" action="edit" workstream={workstream} open={dialog === 'edit'} setOpen={(open) => setDialog(open ? 'edit' : null)} />
      <ConfirmDialog open={dialog === 'delete'} onOpenChange={(open) => setDialog(open ? 'delete' : null)} title={`Delete ${name}?`} consequence="A workstream without tasks is deleted for good. One with tasks can be archived." confirmLabel="Delete"
        action={async () => {
          const state = await remove({ id })
          if (state.status === 'refused') return state.message
          toast({ title: 'Workstream deleted.', tone: 'success' })
        }} />
    </li>
  )
}
