import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { Pagination } from '@/components/ui/pagination'
import { sessionToken } from '@/lib/auth/cookies'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { listStorage } from '@/lib/health/console'
import { listTableSizes, readDatabase } from '@/lib/health/machine'
import { listPath } from '../filter-bar'
import { size, whole } from '../format'

export const metadata: Metadata = { title: 'Storage' }

const SIZE = 50

export default async function StoragePage({ searchParams }: { searchParams: Promise<Record<'after', string | string[] | undefined>> }) {
  await requireSuperAdmin()
  const after = [(await searchParams).after].flat()[0]
  const [{ rows: organizations, next }, tables, database] = await Promise.all([listStorage((await sessionToken())!, { after, size: SIZE }), listTableSizes(20), readDatabase()])
  return (
    <>
      <PageHeader title="Storage" description={`The database takes ${size(database.sizeBytes)}. Files are counted as the rows say that name them.`} />
      <h2 className="mb-3 font-semibold">Files by organization</h2>
      <Table caption="Files by organization" isReadOnly>
        <TableHead><Th>Organization</Th><Th align="end">Files</Th><Th align="end">Size</Th><Th align="end">May have</Th></TableHead>
        <TableBody>
          {organizations.map((row) => (
            <Tr key={row.organizationId}>
              <Td primary>{row.organization}</Td>
              <Td label="Files" align="end" className="tabular-nums">{whole(row.files)}</Td>
              <Td label="Size" align="end" className="tabular-nums">{size(row.sizeBytes)}</Td>
              <Td label="May have" align="end" className="tabular-nums">{row.mostMb === null ? 'any' : size(row.mostMb * 1_000_000)}</Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
      <Pagination previousHref={after ? '/admin/storage' : undefined} nextHref={next ? listPath('/admin/storage', { after: next }) : undefined} />
      <h2 className="mt-8 mb-3 font-semibold">Tables</h2>
      <Table caption="Largest tables" isReadOnly>
        <TableHead><Th>Table</Th><Th align="end">With its indexes</Th><Th align="end">Rows, about</Th></TableHead>
        <TableBody>
          {tables.map((row) => (
            <Tr key={row.name}>
              <Td primary><code className="font-mono text-xs">{row.name}</code></Td>
              <Td label="With its indexes" align="end" className="tabular-nums">{size(row.sizeBytes)}</Td>
              <Td label="Rows, about" align="end" className="tabular-nums">{whole(row.rows)}</Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
