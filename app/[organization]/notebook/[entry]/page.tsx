import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { memberPage } from '@/lib/auth/session'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { listVersions } from '@/lib/notebook/entries'
import { placeOfEntry, placesTo } from '@/lib/notebook/places'
import { rightsAt } from '@/lib/notebook/resolve'
import { isUuid } from '@/lib/uuid'
import { ValueList } from '../value-list'
import { RestoreButton } from './restore-button'

export const metadata: Metadata = { title: 'Versions' }

const ORIGINS: Record<string, string> = { edited: 'Written', restored: 'Restored', delegated: 'Merged' }

export default async function VersionsPage({ params }: { params: Promise<{ organization: string; entry: string }> }) {
  const { organization, entry: id } = await params
  const { member, entry, versions, place, canEdit, names } = await memberPage(organization, async (scope) => {
    if (!isOn(scope.member, 'projects') || !isUuid(id)) notFound()
    const { entry, versions } = await listVersions(scope, id)
    const place = (await placesTo(scope, placeOfEntry(entry))).at(-1)!
    return { member: scope.member, entry, versions, place, canEdit: (await rightsAt(scope, place)).canEdit, names: new Map((await listMembers(scope)).map(({ userId, name }) => [userId, name])) }
  })
  return (
    <>
      <PageHeader title={`Versions of ${entry.section}`} breadcrumbs={[{ label: `Notebook of ${place.label}`, href: place.path }]} description="Every version is kept. Restoring an old one makes it the newest." />
      <ol className="flex max-w-3xl flex-col gap-4">
        {versions.map(({ version, data, origin, authorUserId, at }) => (
          <li key={version}>
            <Card aria-label={`Version ${version}`}>
              <CardHeader
                title={<>Version {version} {version === entry.version && <Badge tone="accent">now</Badge>}</>}
                description={<>{ORIGINS[origin]} by {names.get(authorUserId) ?? 'somebody who has left'}, <RelativeTime iso={at.toISOString()} timeZone={member.timezone} /></>}
                actions={canEdit && version !== entry.version && <RestoreButton entryId={entry.id} version={version} current={entry.version} />}
              />
              <CardBody><ValueList values={Object.entries(data).map(([name, value]) => ({ path: [name], value }))} /></CardBody>
            </Card>
          </li>
        ))}
      </ol>
    </>
  )
}
