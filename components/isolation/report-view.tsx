import { CircleAlert, ShieldCheck } from 'lucide-react'
import type { ComponentProps } from 'react'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { FormMessage } from '@/components/ui/form-message'
import { LookAgain } from '@/components/ui/look-again'
import { RelativeTime } from '@/components/ui/relative-time'
import type { IsolationReport } from '@/lib/isolation/report'
import { AskProbe } from './ask-probe'

const FAMILIES: Record<string, string> = {
  organization: 'Members of the organization', container: 'People who see its project', container_itself: 'People it is shared with', personal: 'Its owner alone',
  sensitive: 'Owners, admins and managers', guarded: 'People who see the record it belongs to', history: 'Owners, admins, and whoever sees the record', global: 'Not organization data',
}

/** What the catalog says just now, what would be wrong with it in words, and what the last probe found. */
export function ReportView({ report, zone, askProbe }: { report: IsolationReport; zone: string; askProbe: ComponentProps<typeof AskProbe>['action'] }) {
  const tenantTables = report.tables.filter(({ family }) => family !== 'global')
  const isWell = report.findings.length === 0
  return (
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
      <Probe probe={report.lastProbe} asked={report.askedProbe} readAt={report.readAt} zone={zone} askProbe={askProbe} />
      <Tables tables={tenantTables} />
      <Roles report={report} />
    </div>
  )
}

function Tables({ tables }: { tables: IsolationReport['tables'] }) {
  return (
    <Table caption="Tables with organization data">
      <TableHead>
        <Th>Table</Th>
        <Th>Rows are seen by</Th>
        <Th>Row security</Th>
        <Th>Key begins with</Th>
        <Th>In the catalog</Th>
      </TableHead>
      <TableBody>
        {tables.map(({ table, family, isProtected, isForced, policies, primaryKey, foreignKeys, indexes, grants }) => (
          <Tr key={table}>
            <Td primary className="font-mono text-[0.8125rem]">{table}</Td>
            <Td label="Rows are seen by">{FAMILIES[family]}</Td>
            <Td label="Row security"><Badge tone={isProtected && isForced ? 'success' : 'danger'}>{isProtected ? (isForced ? 'on and forced' : 'on, not forced') : 'off'}</Badge></Td>
            <Td label="Key begins with"><span className="font-mono text-[0.8125rem]">{/\(([^,)]+)/.exec(primaryKey)?.[1]}</span></Td>
            <Td label="In the catalog"><Details lists={{ Policies: policies, Keys: [primaryKey, ...foreignKeys], Indexes: indexes, Grants: grants }} /></Td>
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
        <Details lists={{ Functions: report.definerFunctions.map(({ function: name, owner, callers }) => `${name}: owned by ${owner}, called by ${callers.join(', ') || 'nobody else'}`) }} />
      </CardBody>
    </Card>
  )
}

function Details({ lists }: { lists: Record<string, string[]> }) {
  const words = Object.entries(lists).map(([name, list]) => `${list.length} ${list.length === 1 ? ({ Policies: 'policy', Keys: 'key', Indexes: 'index', Grants: 'grant', Functions: 'function' }[name] ?? name) : name.toLowerCase()}`).join(', ')
  return (
    <details className="text-[0.8125rem]">
      <summary className="min-h-6 cursor-pointer text-text-muted hover:text-text">{words}</summary>
      {Object.entries(lists).map(([name, list]) => (
        <div key={name} className="mt-2">
          <p className="font-medium">{name}</p>
          <ul className="font-mono text-xs wrap-anywhere">{list.map((line) => <li key={line}>{line}</li>)}</ul>
        </div>
      ))}
    </details>
  )
}

type ProbeProps = { probe: IsolationReport['lastProbe']; asked: IsolationReport['askedProbe']; readAt: Date; zone: string; askProbe: ComponentProps<typeof AskProbe>['action'] }

function Probe({ probe, asked, readAt, zone, askProbe }: ProbeProps) {
  const isWell = probe?.leaks === 0 && probe.changes === 0 && probe.findings.length === 0
  return (
    <Card>
      <CardHeader title="Leak probe" description="It makes two organizations, attacks every table of one as the other, as nobody and with forged contexts, and leaves nothing behind." actions={!asked && <AskProbe action={askProbe} />} />
      <CardBody className="flex flex-col gap-2">
        {probe ? (
          <p className={isWell ? undefined : 'font-medium text-danger'}>
            {probe.attempts.toLocaleString('en')} attempts on {probe.tables} tables: {probe.leaks} leaks, {probe.changes} changes. <RelativeTime iso={new Date(probe.at).toISOString()} timeZone={zone} />, in {(probe.milliseconds / 1_000).toFixed(1)} s.
          </p>
        ) : <p>It has not run yet.</p>}
        {probe && probe.findings.length > 0 && <ul className="list-disc ps-4">{probe.findings.map((finding) => <li key={finding}>{finding}</li>)}</ul>}
        {asked && <p role="status" className="text-text-muted">{wordsOf(asked, readAt)}<LookAgain everyS={3} /></p>}
      </CardBody>
    </Card>
  )
}

const UNTAKEN_MS = 30_000

function wordsOf({ askedAt, takenAt }: NonNullable<ProbeProps['asked']>, readAt: Date): string {
  if (takenAt) return 'It runs now; what it finds is shown here in some seconds.'
  if (readAt.getTime() - new Date(askedAt).getTime() < UNTAKEN_MS) return 'Asked for: it begins in some seconds.'
  return 'Asked for, and nothing takes it: whoever runs the installation keeps npm run isolation -- --watch beside the product, or runs npm run isolation once.'
}
