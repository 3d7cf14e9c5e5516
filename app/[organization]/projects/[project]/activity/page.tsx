import { Eye } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { Day } from '@/components/ui/day'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import { ACCESS_DAYS, accessFilterSchema, readAccess } from '@/lib/reads/access-report'
import { ExportMenu } from '../../../exports/export-menu'
import { projectPage, projectTitle } from '../project-page'

type Props = { params: Promise<{ organization: string; project: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Who opened and changed what in ${await projectTitle(await params)}` }
}

export default async function ActivityPage({ params, searchParams }: Props) {
  const { days } = accessFilterSchema.shape.days.catch('30').transform((days) => ({ days })).parse((await searchParams).days)
  const { member, project, result: rows } = await projectPage(await params, (scope, { project: { id } }) => readAccess(scope, { project: id, days, person: '' }))
  const home = `/${member.organization.slug}/projects/${project.slug}`
  const dayOf = (day: Date) => day.toISOString().slice(0, 10)
  return (
    <>
      <PageHeader
        title="Who opened and changed what" breadcrumbs={[{ label: 'Projects', href: `/${member.organization.slug}/projects` }, { label: project.name, href: home }]}
        description={project.logReads ? `Openings count once an hour, and so do refusals. Of ${ACCESS_DAYS[days]}.` : `Changes of ${ACCESS_DAYS[days]}. Who opens tasks, and who is refused, is not kept: Share switches that on.`}
        actions={rows.length > 0 && <ExportMenu list="access" fixed={{ project: project.id, days }} />}
      />
      <Segmented label="Period" className="mb-4" options={Object.keys(ACCESS_DAYS).map((one) => ({ href: `${home}/activity?days=${one}`, label: `${one} days`, current: one === days }))} />
      {rows.length === 0 ? <EmptyState icon={<Eye />} title="Nothing yet">Nobody has opened or changed anything here in that time.</EmptyState> : (
        <Table caption="Who opened and changed what">
          <TableHead><Th>Day</Th><Th>Person</Th><Th>Task</Th><Th align="end">Opened</Th><Th align="end">Changed</Th><Th align="end">Refused</Th></TableHead>
          <TableBody>
            {rows.map((row) => (
              <Tr key={`${dayOf(row.day)} ${row.userId} ${row.taskId}`}>
                <Td label="Day" className="whitespace-nowrap"><Day iso={row.day.toISOString()} timeZone="UTC" /></Td>
                <Td primary className="whitespace-nowrap">{row.name}</Td>
                <Td label="Task">{row.taskId === null ? 'The project' : row.title === null ? 'A task that is gone' : <AppLink href={`${home}/tasks/${row.number}`} className="hover:underline">{project.key}-{row.number} {row.title}</AppLink>}</Td>
                <Td label="Opened" align="end">{row.opened || '–'}</Td>
                <Td label="Changed" align="end">{row.changed || '–'}</Td>
                <Td label="Refused" align="end">{row.refused ? <Badge tone="danger">{row.refused}</Badge> : '–'}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}
