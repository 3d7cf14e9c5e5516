import type { Metadata } from 'next'
import { forbidden, notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { PrintButton } from '@/components/ui/print-button'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { requestFacts, requireMember } from '@/lib/auth/session'
import { ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { headOf, textOf } from '@/lib/exports/cells'
import { AT_ONCE_MAX, readSmallExport, recordExport } from '@/lib/exports/exports'
import { respondWith } from '@/lib/http/response'
import { toDay } from '@/lib/text'
import { withTenant } from '@/lib/tenancy/with-tenant'

export const metadata: Metadata = { title: 'Print' }

type Props = { params: Promise<{ organization: string; list: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** A list on paper, with the filters of its page. It leaves the event that every export leaves, so it is no read-only page. */
export default async function PrintPage({ params, searchParams }: Props) {
  const { organization, list: key } = await params
  const query = Object.fromEntries(Object.entries(await searchParams).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  const member = await requireMember(organization)
  const read = await withTenant(member, async (scope) => {
    const found = await readSmallExport(scope, key, query)
    if (found) await recordExport(scope, key, 'print', { rowCount: found.rows.length, filters: found.filters })
    return found
  }, { request: await requestFacts() }).catch((error: unknown) => {
    if (error instanceof NotFoundError) notFound()
    if (error instanceof ForbiddenError) forbidden()
    if (!(error instanceof InvalidError)) throw error
    respondWith(422)
    return 'wrong' as const
  })
  if (read === 'wrong' || read === null) {
    return <PageHeader title="Print" description={read ? 'One of these filters is none. Go back to the list and choose again.' : `There are more than ${AT_ONCE_MAX.toLocaleString('en')} rows. Narrow the list by its filters, or export it as a file.`} />
  }
  const { list: { title, columns }, rows, filters } = read
  const said = Object.entries(filters).map(([name, value]) => `${name}: ${value}`).join(', ')
  return (
    <>
      <PageHeader title={title} description={`${member.organization.name}, ${toDay(new Date(), member.organization.timezone)}, ${rows.length} rows${said ? ` (${said})` : ''}`} actions={<PrintButton />} />
      <Table caption={title} isReadOnly className="text-[0.8125rem]">
        <TableHead>{columns.map((column) => <Th key={column.key}>{headOf(column)}</Th>)}</TableHead>
        <TableBody>
          {rows.map((row, at) => (
            <Tr key={at}>
              {columns.map(({ key: column, label, kind }, place) => <Td
                key={column} label={headOf({ key: column, label, kind })} primary={place === Math.min(1, columns.length - 1)}
                className={kind === 'text' ? 'wrap-break-word' : 'whitespace-nowrap'}
              >{kind === 'instant' && row[column] instanceof Date ? row[column].toISOString().slice(0, 16).replace('T', ' ') : textOf(row[column] ?? null, kind)}</Td>)}
            </Tr>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
