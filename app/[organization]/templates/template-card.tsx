'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import { stepCount } from '@/lib/templates/outline'
import { KIND_LABELS } from '@/lib/templates/rules'
import type { Template } from '@/lib/templates/templates'
import { removeTemplate } from './actions'
import { ApplyDialog } from './apply-dialog'
import { EditTemplateDialog } from './template-dialog'

const SHOWN_MAX = 6

type Props = { template: Template; outline: string; projects: { value: string; label: string }[]; mayManage: boolean }

export function TemplateCard({ template, outline, projects, mayManage }: Props) {
  const { id, kind, name, content, usageCount, version, project } = template
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null)
  const { run: remove } = useMemberAction(removeTemplate, { quiet: true })
  const toast = useToast()
  const steps = content.tasks.flatMap(({ title, after = [], subtasks = [] }, at) => [
    { key: `${at}`, text: title, hint: after.length ? `after ${after.map((place) => place + 1).join(', ')}` : '', isPart: false, number: at + 1 },
    ...subtasks.map((part, place) => ({ key: `${at}.${place}`, text: part.title, hint: '', isPart: true, number: 0 })),
  ])
  const count = stepCount(content)
  return (
    <li className="h-full">
    <Card aria-label={name} className="flex h-full flex-col">
      <CardHeader title={<span className="wrap-anywhere">{name}</span>} description={`${count === 1 ? 'One task' : `${count} ${kind === 'checklist' ? 'items' : 'tasks'}`} · ${usageCount === 0 ? 'not used yet' : usageCount === 1 ? 'used once' : `used ${usageCount} times`}${project ? ` · only in ${project.name}` : ''}`}
        actions={
          <>
            <Badge>{KIND_LABELS[kind]}</Badge>
            {mayManage && (
              <Menu trigger={<IconButton size="sm" variant="ghost" label={`More about ${name}`} icon={<Ellipsis />} />} align="end">
                <MenuItem onClick={() => setDialog('edit')}>Edit…</MenuItem>
                <MenuSeparator />
                <MenuItem tone="danger" onClick={() => setDialog('delete')}>Delete…</MenuItem>
              </Menu>
            )}
          </>
        } />
      <CardBody className="flex flex-1 flex-col justify-between gap-4">
        <ol className="flex flex-col gap-1">
          {steps.slice(0, SHOWN_MAX).map(({ key, text, hint, isPart, number }) => (
            <li key={key} className={isPart ? 'ps-7 text-text-muted' : 'flex gap-2'}>
              {!isPart && <span aria-hidden className="w-5 shrink-0 text-end font-mono text-xs leading-5 text-text-muted">{number}</span>}
              <span className="min-w-0 wrap-anywhere">{text}{hint && <span className="ms-2 text-xs text-text-muted">{hint}</span>}</span>
            </li>
          ))}
          {steps.length > SHOWN_MAX && <li className="ps-7 text-text-muted">and {steps.length - SHOWN_MAX} more</li>}
        </ol>
        {projects.length > 0 && <div><ApplyDialog template={{ id, name, kind, count }} projects={projects} /></div>}
      </CardBody>
      <EditTemplateDialog template={{ id, kind, name, version, outline }} open={dialog === 'edit'} setOpen={(open) => setDialog(open ? 'edit' : null)} />
      <ConfirmDialog open={dialog === 'delete'} onOpenChange={(open) => setDialog(open ? 'delete' : null)} title={`Delete ${name}?`} consequence="It goes for everybody, for good. Tasks that were made with it stay." confirmLabel="Delete"
        action={async () => {
          const state = await remove({ id })
          if (state.status === 'refused') return state.message
          toast({ title: 'Template deleted.', tone: 'success' })
        }} />
    </Card>
    </li>
  )
}
