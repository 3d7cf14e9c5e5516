import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { RelativeTime } from '@/components/ui/relative-time'
import { sessionToken } from '@/lib/auth/cookies'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { type Backup, listLastBackups, readDatabase, readMachine } from '@/lib/health/machine'
import { countJobs } from '@/lib/health/metrics'
import { pendingMigrations } from '@/lib/health/migrations'
import { failingParts, type Part } from '@/lib/health/readiness'
import { poolStates } from '@/lib/telemetry/measure-pool'
import { gaugeTone, size, span, whole } from '../format'

export const metadata: Metadata = { title: 'Health' }

const PART_WORDS: Record<Part, string> = { stopping: 'This process is going down.', database: 'The database of organizations does not answer.', platform_database: 'The database of accounts does not answer.', migrations: 'The database lacks migrations of this release.', jobs: 'The job runner hears nothing of its queue.' }

export default async function HealthPage() {
  const { timezone } = await requireSuperAdmin()
  const token = (await sessionToken())!
  const [failing, machine, database, jobs, pending, backups] = await Promise.all([failingParts(), readMachine(), readDatabase(), countJobs(), pendingMigrations(), listLastBackups(token)])
  const zone = timezone ?? 'UTC'
  const waiting = jobs.filter(({ status }) => status === 'queued').reduce((all, { count }) => all + count, 0)
  const running = jobs.filter(({ status }) => status === 'running').reduce((all, { count }) => all + count, 0)
  const failed = jobs.filter(({ status }) => status === 'failed').reduce((all, { count }) => all + count, 0)
  const oldest = Math.max(0, ...jobs.map(({ oldestSeconds }) => oldestSeconds))
  return (
    <>
      <PageHeader title="Health" description="Of this process, the machine it runs on, and the database." />
      <p className="mb-4 flex flex-wrap items-center gap-2">
        {failing.length === 0 ? <Badge tone="success">Everything runs</Badge> : failing.map((part) => <Badge key={part} tone="danger">{PART_WORDS[part]}</Badge>)}
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Card>
          <CardHeader title="Machine" />
          <CardBody className="flex flex-col gap-3">
            <Part label="Processor" part={machine.cpu} />
            <Part label="Memory" part={machine.memory} />
            {machine.disk !== null && <Part label="Disk" part={machine.disk} />}
            <Facts facts={[['Running for', span(machine.uptimeS)], ['Memory of the process', size(machine.rssBytes)], ['Node', machine.nodeVersion]]} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Database" />
          <CardBody className="flex flex-col gap-3">
            <Part label="Connections" part={database.connections / database.connectionsMax} />
            <Facts facts={[['PostgreSQL', database.version], ['Running for', span(database.uptimeS)], ['Size', size(database.sizeBytes)], ['Migrations to apply', pending.length === 0 ? 'none' : pending.join(', ')]]} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Connections of this process" />
          <CardBody><Facts facts={poolStates().map(({ name, inUse, idle, waiting: queue }) => [name === 'tenant' ? 'Organizations' : 'Accounts', `${inUse} in use, ${idle} idle, ${queue} waited for`])} /></CardBody>
        </Card>
        <Card>
          <CardHeader title="Jobs" actions={<AppLink href="/admin/jobs">See all</AppLink>} />
          <CardBody><Facts facts={[['Waiting', `${whole(waiting)}${oldest > 1 ? `, the oldest for ${span(oldest)}` : ''}`], ['Running', whole(running)], ['Failed in the last hour', whole(failed)]]} /></CardBody>
        </Card>
        {(['backup', 'drill'] as const).map((kind) => <LastRun key={kind} kind={kind} runs={backups.filter((run) => run.kind === kind)} zone={zone} />)}
      </div>
    </>
  )
}

function Part({ label, part }: { label: string; part: number }) {
  return <div className="flex flex-col gap-1"><span className="text-[0.8125rem]">{label}</span><ProgressBar label={label} value={part * 100} tone={gaugeTone(part)} showValue /></div>
}

function Facts({ facts }: { facts: [name: string, value: string][] }) {
  return <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[0.8125rem]">{facts.map(([name, value]) => <div key={name} className="contents"><dt className="text-text-muted">{name}</dt><dd className="wrap-anywhere tabular-nums">{value}</dd></div>)}</dl>
}

const RUN_WORDS = { backup: { title: 'Backup', none: 'None has been taken with npm run backup.' }, drill: { title: 'Restore drill', none: 'None has been done with npm run restore-drill.' } }

function LastRun({ kind, runs, zone }: { kind: Backup['kind']; runs: Backup[]; zone: string }) {
  const [good, bad] = [runs.find(({ success }) => success), runs.find(({ success }) => !success)]
  const hasFailedSince = bad && (!good || bad.finishedAt > good.finishedAt)
  return (
    <Card>
      <CardHeader title={RUN_WORDS[kind].title} actions={hasFailedSince ? <Badge tone="danger">failed</Badge> : good ? <Badge tone="success">good</Badge> : <Badge tone="warning">none yet</Badge>} />
      <CardBody className="flex flex-col gap-2 text-[0.8125rem]">
        {good ? <p>The last good one was <RelativeTime iso={good.finishedAt.toISOString()} timeZone={zone} />: {size(good.sizeBytes)} in {span(Math.max(1, good.seconds))}. {good.note}</p> : <p className="text-text-muted">{RUN_WORDS[kind].none}</p>}
        {hasFailedSince && <p className="text-danger">It failed <RelativeTime iso={bad.finishedAt.toISOString()} timeZone={zone} />: {bad.note}</p>}
      </CardBody>
    </Card>
  )
}
