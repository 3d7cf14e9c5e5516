import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'

/** The numbers of a chart. The first column names the row. */
export function Numbers({ caption, heads, rows }: { caption: string; heads: string[]; rows: (string | number | null)[][] }) {
  return (
    <details className="mt-3">
      <summary className="flex min-h-6 w-fit cursor-pointer items-center text-[0.8125rem] text-accent hover:underline">{caption}, as a table</summary>
      <div className="mt-2">
        <Table caption={caption} isReadOnly>
          <TableHead>{heads.map((head, at) => <Th key={head} align={at === 0 ? 'start' : 'end'}>{head}</Th>)}</TableHead>
          <TableBody>
            {rows.map((row) => (
              <Tr key={String(row[0])}>{row.map((cell, at) => <Td key={heads[at]} primary={at === 0} label={heads[at]} align={at === 0 ? 'start' : 'end'} className="whitespace-nowrap">{cell ?? '–'}</Td>)}</Tr>
            ))}
          </TableBody>
        </Table>
      </div>
    </details>
  )
}
