import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { explainAccess } from '@/lib/explain-access/explain-access'
import { explain, LEVEL_WORDS } from '@/lib/explain-access/words'
import { projectPage, projectTitle } from '../project-page'

type Props = { params: Promise<{ organization: string; project: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Who has access to ${await projectTitle(await params)}` }
}

export default async function ProjectAccessPage({ params }: Props) {
  const { member, project, result: people } = await projectPage(await params, (scope, { project: { id } }) => explainAccess(scope, id))
  const base = `/${member.organization.slug}/projects`
  return (
    <>
      <PageHeader
        title="Who has access" breadcrumbs={[{ label: 'Projects', href: base }, { label: project.name, href: `${base}/${project.slug}` }]}
        description={`${people.filter(({ level }) => level > 0).length} of ${people.length} members see this project and its tasks. Share changes it.`}
      />
      <Table caption="Who has access">
        <TableHead>
          <Th>Member</Th>
          <Th>Role</Th>
          <Th>Access</Th>
          <Th>Why</Th>
        </TableHead>
        <TableBody>
          {people.map((person) => (
            <Tr key={person.userId}>
              <Td primary>{person.name}</Td>
              <Td label="Role">{person.role}</Td>
              <Td label="Access"><Badge tone={person.level === 0 ? 'neutral' : person.level === 3 ? 'accent' : 'success'}>{LEVEL_WORDS[person.level]}</Badge></Td>
              <Td label="Why" className="text-[0.8125rem] text-text-muted cards:text-end">{explain(person)}</Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
