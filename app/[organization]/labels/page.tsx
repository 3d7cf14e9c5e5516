import { Tags } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { dialogTarget } from '@/lib/imports/dialog-target'
import { listLabels } from '@/lib/labels/labels'
import { isOn } from '@/lib/modules/modules'
import { ImportDialog } from '../imports/import-dialog'
import { ExportMenu } from '../exports/export-menu'
import { DeleteLabelButton, NewLabelDialog } from './label-forms'

export const metadata: Metadata = { title: 'Labels' }

export default async function LabelsPage({ params }: { params: Promise<{ organization: string }> }) {
  const { labels, member } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    return { member: scope.member, labels: await listLabels(scope) }
  })
  const mayManage = can(member.role, 'labels:manage')
  return (
    <>
      <PageHeader title="Labels" description="Shared labels are seen by everybody; personal ones by you alone." actions={<>{mayManage && <ImportDialog target={dialogTarget('labels')} />}<ExportMenu list="labels" />{mayManage && <NewLabelDialog />}</>} />
      {labels.length === 0 ? (
        <EmptyState icon={<Tags />} title="No labels yet">Labels mark tasks across projects, so that they can be found together.</EmptyState>
      ) : (
        <Table caption="Labels">
          <TableHead>
            <Th>Label</Th>
            <Th>Seen by</Th>
            <Th labelHidden>Actions</Th>
          </TableHead>
          <TableBody>
            {labels.map(({ id, name, colour, ownerUserId }) => (
              <Tr key={id}>
                <Td primary><Badge dot={colour}>{name}</Badge></Td>
                <Td label="Seen by">{ownerUserId ? 'Only you' : 'Everybody'}</Td>
                <Td align="end">{mayManage && <DeleteLabelButton id={id} name={name} />}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}
