'use client'

import { Fragment, useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Checkbox } from '@/components/ui/checkbox'
import { classNames } from '@/components/ui/class-names'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { lazyComponent } from '@/components/ui/lazy-part'
import { RelativeTime } from '@/components/ui/relative-time'
import { useOrganization } from '@/components/forms/organization'
import { isOpen } from '@/lib/tasks/rules'
import type { TaskRow } from '@/lib/tasks/task-list'
import { DueDate } from './due-date'
import { GroupHeading, type Section } from './group-heading'
import { LabelBadges } from './label-badges'
import { Assigned, Reviewers } from './people'
import { useMoveTask } from './move-dialog'
import { AssigneeCell, ReviewerCell } from './people-cells'
import { DueCell, PriorityCell, StatusCell } from './row-cells'
import { PriorityBadge, StatusBadge } from './status'
import type { TaskChoices } from './task-fields'
import { CompleteKey, TaskKeys } from './task-keys'
import { TaskLink } from './task-link'

const BulkBar = lazyComponent(() => import('./bulk-bar').then((module) => module.BulkBar))

type Props = { tasks: TaskRow[]; choices: TaskChoices; today: string; withProject?: boolean; canEdit: boolean; /** Groups in the order of the tasks. */ sections?: Section[] }

/** Rows with selection for bulk edit. j and k move, x selects, Enter opens. */
export function TaskTable({ tasks, choices, today, withProject, canEdit, sections = [] }: Props) {
  const { slug, timezone } = useOrganization()
  const { move, dialog } = useMoveTask()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState(-1)
  const hrefOf = (task: TaskRow) => `/${slug}/projects/${task.projectSlug}/tasks/${task.number}`
  // In groups by person, a task of several stands more than once.
  const ids = [...new Set(tasks.map(({ id }) => id))]
  const visible = ids.filter((id) => selected.has(id))
  const starts = new Map(sections.map((section, at) => [sections.slice(0, at).reduce((sum, { count }) => sum + count, 0), section]))
  const toggle = (id: string, on: boolean) => setSelected((before) => (on ? new Set([...before, id]) : new Set([...before].filter((other) => other !== id))))
  useShortcut(canEdit ? 'x' : undefined, () => tasks[cursor] && toggle(tasks[cursor].id, !selected.has(tasks[cursor].id)), 'Select the task')

  return (
    <>
      <TaskKeys />
      {canEdit && <CompleteKey tasks={tasks} complete={(task) => move(task, 'done')} />}
      <Table caption="Tasks">
        <TableHead>
          {canEdit && (
            <Th className="w-8">
              <Checkbox label="Select all tasks on this page" labelHidden checked={visible.length === ids.length} onChange={(event) => setSelected(new Set(event.target.checked ? ids : []))} />
            </Th>
          )}
          <Th>Task</Th>
          <Th>Status</Th>
          <Th>Priority</Th>
          <Th>Assigned</Th>
          <Th>Due</Th>
          <Th>Changed</Th>
        </TableHead>
        <TableBody>
          {tasks.map((task, index) => (
            <Fragment key={index}>
            {starts.has(index) && <GroupHeading section={starts.get(index)!} columns={canEdit ? 7 : 6} />}
            <Tr
              data-row
              className={classNames('group/row relative cards:flex-row cards:flex-wrap cards:items-center cards:gap-x-3', selected.has(task.id) && 'bg-surface-hover shadow-[inset_3px_0_0_var(--accent)]', index === cursor && 'outline-2 -outline-offset-2 outline-focus')}
            >
              {canEdit && (
                <Td className="w-8 cards:absolute cards:end-3 cards:top-3">
                  <Checkbox label={`Select ${task.key}`} labelHidden checked={selected.has(task.id)} onChange={(event) => toggle(task.id, event.target.checked)} />
                </Td>
              )}
              <Td primary className="min-w-0 cards:basis-full cards:pe-10 rows:max-w-md">
                <div className="flex min-w-0 flex-col gap-1">
                  <TaskLink taskKey={task.key} href={hrefOf(task)} onFocus={() => setCursor(index)} className="group flex min-h-6 min-w-0 items-baseline gap-2">
                    <span className="shrink-0 font-mono text-xs font-normal text-text-muted">{task.key}</span>
                    <span className="group-hover:underline">{task.title}</span>
                  </TaskLink>
                  <span className="flex flex-wrap items-center gap-1.5 text-xs font-normal text-text-muted">
                    {withProject && <span>{task.projectName}</span>}
                    {task.parentId && <span>Subtask</span>}
                    {task.workstreamName && <span>{task.workstreamName}</span>}
                    {task.subtaskCount > 0 && <span>{task.subtaskCount} subtask{task.subtaskCount === 1 ? '' : 's'}, {task.progress} %</span>}
                    <LabelBadges labels={task.labels} />
                  </span>
                </div>
              </Td>
              <Td>{canEdit ? <StatusCell task={task} move={move} /> : <StatusBadge status={task.status} />}</Td>
              <Td>{canEdit ? <PriorityCell task={task} /> : <PriorityBadge priority={task.priority} />}</Td>
              <Td>
                <span className="flex items-center gap-2">
                  {canEdit ? <AssigneeCell task={task} members={choices.members} /> : <Assigned task={task} />}
                  {canEdit ? <ReviewerCell task={task} members={choices.members} /> : task.reviewers.length > 0 && <><span className="sr-only">Reviewed by</span><Reviewers people={task.reviewers} /></>}
                </span>
              </Td>
              <Td>{canEdit ? <DueCell task={task} today={today} /> : <DueDate dueOn={task.dueOn} today={today} open={isOpen(task.status)} />}</Td>
              <Td secondary className="text-text-muted"><RelativeTime iso={task.updatedAt.toISOString()} timeZone={timezone} /></Td>
            </Tr>
            </Fragment>
          ))}
        </TableBody>
      </Table>
      {dialog}
      {visible.length > 0 && <BulkBar ids={visible} choices={choices} select={(ids) => setSelected(new Set(ids))} />}
    </>
  )
}
