import { Trash2 } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { Day } from '@/components/ui/day'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { Pagination } from '@/components/ui/pagination'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { isOn } from '@/lib/modules/modules'
import { pageOf } from '@/lib/keyset'
import { listDeletedProjects } from '@/lib/projects/deletion'
import { type SearchParams, withAfter } from '@/lib/tasks/filter-url'
import { listTrash, trashCursor } from '@/lib/tasks/trash'
import { ExportMenu } from '../exports/export-menu'
import { RestoreButton } from './restore-button'

export const metadata: Metadata = { title: 'Trash' }

const PAGE_SIZE = 100

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<SearchParams> }

export default async function TrashPage({ params, searchParams }: Props) {
  const query = await searchParams
  const after = typeof query.after === 'string' ? query.after : ''
  const { tasks, next, projects, member } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const { rows: tasks, next } = pageOf(await listTrash(scope, { after, take: PAGE_SIZE + 1 }), PAGE_SIZE, trashCursor)
    return { member: scope.member, tasks, next, projects: after ? [] : await listDeletedProjects(scope) }
  })
  const path = `/${member.organization.slug}/trash`
  const mayRestore = can(member.role, 'tasks:delete')
  return (
    <>
      <PageHeader title="Trash" description="Deleted tasks and projects wait here and can be restored with everything on them." actions={<ExportMenu list="trash" />} />
      {tasks.length + projects.length === 0 && <EmptyState icon={<Trash2 />} title="The trash is empty">Tasks and projects that you delete can be brought back from here.</EmptyState>}
      {projects.length > 0 && (
        <Table caption="Deleted projects" className="mb-5">
          <TableHead>
            <Th>Project</Th>
            <Th>Deleted</Th>
            <Th>Erased for good</Th>
            <Th labelHidden>Actions</Th>
          </TableHead>
          <TableBody>
            {projects.map(({ id, name, key, deletedAt, purgeAfter }) => (
              <Tr key={id}>
                <Td primary><span className="me-2 font-mono text-xs font-normal text-text-muted">{key}</span>{name}</Td>
                <Td label="Deleted"><RelativeTime iso={deletedAt.toISOString()} timeZone={member.timezone} /></Td>
                <Td label="Erased for good"><Day iso={purgeAfter.toISOString()} timeZone={member.timezone} /></Td>
                <Td align="end"><RestoreButton kind="project" id={id} title={name} /></Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      {tasks.length > 0 && (
        <Table caption="Deleted tasks">
          <TableHead>
            <Th>Task</Th>
            <Th>Deleted</Th>
            <Th labelHidden>Actions</Th>
          </TableHead>
          <TableBody>
            {tasks.map((task) => (
              <Tr key={task.id}>
                <Td primary><span className="me-2 font-mono text-xs font-normal text-text-muted">{task.key}-{task.number}</span>{task.title}</Td>
                <Td label="Deleted"><RelativeTime iso={task.deletedAt.toISOString()} timeZone={member.timezone} /></Td>
                <Td align="end">{mayRestore && <RestoreButton kind="task" id={task.id} title={task.title} />}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination previousHref={after ? withAfter(path, query, '') : undefined} nextHref={next ? withAfter(path, query, next) : undefined} />
    </>
  )
}
