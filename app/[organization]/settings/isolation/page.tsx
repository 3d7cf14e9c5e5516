import { CircleAlert, ShieldCheck } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { FormMessage } from '@/components/ui/form-message'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { memberPage } from '@/lib/auth/session'
import { readIsolationReport } from '@/lib/isolation/organization-report'
import type { IsolationReport } from '@/lib/isolation/report'

export const metadata: Metadata = { title: 'Isolation' }

const FAMILIES: Record<string, string> = {
  organization: 'Members of the organization', container: 'People who see its project', container_itself: 'People it is shared with', personal: 'Its owner alone',
  sensitive: 'Owners, admins and managers', guarded: 'People who see the record it belongs to', history: 'Owners, admins, and whoever sees the record', global: 'Not organization data',
}

export default async function IsolationPage({ params }: { params: Promise<{ organization: string }> }) {
  const report = await memberPage((await params).organization, readIsolationReport)
  const tenantTables = report.tables.filter(({ family }) => family !== 'global')
  const isWell = report.findings.length === 0
  return (
    <>
      <PageHeader title="Isolation" description="How PostgreSQL itself keeps your organization's rows apart, read from its catalog just now." />
      <div className="flex flex-col gap-5">
        <Card>
          <CardBody className="flex items-start gap-3">
            {isWell ? <ShieldCheck aria-hidden className="size-6 shrink-0 text-success" /> : <CircleAlert aria-hidden className="size-6 shrink-0 text-danger" />}
            <div>
              <p className="font-semibold">{isWell ? 'Every rule holds' : `${report.findings.length} rule${report.findings.length === 1 ? ' is' : 's are'} broken`}</p>
              <p className="text-text-muted">
                {tenantTables.length} tables hold organization data; {tenantTables.filter(({ isProtected, isForced }) => isProtected && isForced).length} of them have row-level security on and forced. PostgreSQL {report.serverVersion}.
              </p>
            </div>
          </CardBody>
        </Card>
        {!isWell && (
          <FormMessage>
            <ul className="list-disc ps-4">{report.findings.map(({ rule, object, finding }) => <li key={`${rule}${object}${finding}`}>{object}: {finding} ({rule})</li>)}</ul>
          </FormMessage>
        )}
        <Tables tables={tenantTables} />
        <Roles report={report} />
      </div>
    </>
  )
}

function Tables({ tables }: { tables: IsolationReport['tables'] }) {
  return (
    <Table caption="Tables with organization data">
      <TableHead>
        <Th>Table</Th>
        <Th>Rows are seen by</Th>
        <Th>Row security</Th>
        <Th>Policies</Th>
        <Th>Key begins with</Th>
      </TableHead>
      <TableBody>
        {tables.map(({ table, family, isProtected, isForced, policies, primaryKey }) => (
          <Tr key={table}>
            <Td primary className="font-mono text-[0.8125rem]">{table}</Td>
            <Td label="Rows are seen by">{FAMILIES[family]}</Td>
            <Td label="Row security"><Badge tone={isProtected && isForced ? 'success' : 'danger'}>{isProtected ? (isForced ? 'on and forced' : 'on, not forced') : 'off'}</Badge></Td>
            <Td label="Policies">{policies.length}</Td>
            <Td label="Key begins with" className="font-mono text-[0.8125rem]">{/\(([^,)]+)/.exec(primaryKey)?.[1]}</Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}

function Roles({ report }: { report: IsolationReport }) {
  return (
    <Card>
      <CardHeader title="Database roles" description="What requests run as owns nothing, is no superuser and may not bypass row security." />
      <CardBody>
        <ul className="flex flex-col gap-2">
          {report.roles.map(({ role, canLogin, isSuperuser, bypassesRowSecurity }) => (
            <li key={role} className="flex flex-wrap items-center gap-2">
              <span className="font-mono text-[0.8125rem]">{role}</span>
              <Badge>{canLogin ? 'may connect' : 'cannot connect'}</Badge>
              {isSuperuser && <Badge tone="danger">superuser</Badge>}
              {bypassesRowSecurity && <Badge tone="danger">bypasses row security</Badge>}
            </li>
          ))}
        </ul>
        <p className="mt-4 text-text-muted">{report.definerFunctions.length} functions answer questions on behalf of another role; each is owned by one of the two narrow roles above.</p>
      </CardBody>
    </Card>
  )
}
