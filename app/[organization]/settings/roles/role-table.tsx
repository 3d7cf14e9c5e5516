import { Check, Minus } from 'lucide-react'
import { Fragment } from 'react'
import { Badge } from '@/components/ui/badge'
import { Table, Td, TableHead, Th, Tr } from '@/components/ui/data-table'
import { can, type Permission } from '@/lib/authorization/permissions'
import { GROUPS, PERMISSION_WORDS, ROLE_WORDS } from '@/lib/authorization/words'
import { ROLES, type Role } from '@/lib/tenancy/member'

const entries = Object.entries(PERMISSION_WORDS) as [Permission, (typeof PERMISSION_WORDS)[Permission]][]

/** The whole table of permissions, the reader's own role marked. */
export function RoleTable({ mine }: { mine: Role }) {
  return (
    <>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {ROLES.map((role) => (
          <div key={role} className="rounded-lg border bg-surface-raised p-3">
            <dt className="flex items-center gap-2 font-medium"><span className="capitalize">{role}</span>{role === mine && <Badge tone="accent">you</Badge>}</dt>
            <dd className="text-[0.8125rem] text-text-muted">{ROLE_WORDS[role]}</dd>
          </div>
        ))}
      </dl>
      <Table caption="What each role may do">
        <TableHead>
          <Th>Permission</Th>
          {ROLES.map((role) => <Th key={role} className={role === mine ? 'text-text' : undefined}>{role === mine ? `${role} (you)` : role}</Th>)}
        </TableHead>
        {GROUPS.map((group) => (
          <tbody key={group} role="rowgroup" className="max-sm:mb-4 max-sm:flex max-sm:flex-col max-sm:gap-2 sm:divide-y sm:border-t">
            <tr role="row"><th role="columnheader" scope="colgroup" colSpan={ROLES.length + 1} className="bg-surface-sunken px-3 py-2 text-start text-xs font-semibold max-sm:block max-sm:rounded-md">{group}</th></tr>
            {entries.filter(([, said]) => said.group === group).map(([permission, said]) => (
              <Tr key={permission}>
                <Td primary>{said.text}</Td>
                {ROLES.map((role) => <Td key={role} label={role} className={role === mine ? 'bg-accent-soft cards:bg-transparent' : undefined}><Answer may={can(role, permission)} only={said.only?.[role]} /></Td>)}
              </Tr>
            ))}
          </tbody>
        ))}
      </Table>
    </>
  )
}

function Answer({ may, only }: { may: boolean; only?: string }) {
  if (!may) return <Fragment><Minus aria-hidden className="size-4 text-text-muted" /><span className="sr-only">no</span></Fragment>
  if (only) return <span className="text-[0.8125rem]">{only}</span>
  return <Fragment><Check aria-hidden className="size-4 text-success" /><span className="sr-only">yes</span></Fragment>
}
