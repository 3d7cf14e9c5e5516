import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'

/** What somebody else saved meanwhile beside what was typed here, for the fields that differ. `names`: the label of each. */
export function Conflict({ current, typed, names }: { current: Record<string, unknown>; typed: Record<string, string>; names: Record<string, string> }) {
  const differing = Object.keys(typed).filter((field) => String(current[field] ?? '') !== typed[field])
  if (differing.length === 0) return null
  return (
    <Table caption="What differs">
      <TableHead>
        <Th>Field</Th>
        <Th>Saved by someone else</Th>
        <Th>Yours</Th>
      </TableHead>
      <TableBody>
        {differing.map((field) => (
          <Tr key={field}>
            <Td primary>{names[field] ?? field}</Td>
            <Td label="Saved by someone else" className="whitespace-pre-wrap">{String(current[field] ?? '') || 'none'}</Td>
            <Td label="Yours" className="whitespace-pre-wrap">{typed[field] || 'none'}</Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}
