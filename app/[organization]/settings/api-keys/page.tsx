import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { z } from 'zod'
import { PageHeader } from '@/components/shell/page-header'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import { listApiKeys } from '@/lib/api-keys/api-keys'
import { memberPage } from '@/lib/auth/session'
import { authorize, can, type Permission } from '@/lib/authorization/permissions'
import { GROUPS, PERMISSION_WORDS } from '@/lib/authorization/words'
import { env } from '@/lib/env'
import { isOn } from '@/lib/modules/modules'
import { readUsage } from '@/lib/plans/limits'
import { listProjectChoices } from '@/lib/projects/projects'
import { KeyTable } from './key-table'
import { NewKeyDialog } from './new-key-dialog'
import { ToolsHelp } from './tools-help'

export const metadata: Metadata = { title: 'API keys' }

const filterSchema = z.object({ whose: z.enum(['mine', 'all']).catch('mine') })
type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ApiKeysPage({ params, searchParams }: Props) {
  const { whose } = filterSchema.parse(await searchParams)
  const { member, keys, projects, callsMax } = await memberPage((await params).organization, async (scope) => {
    authorize(scope, 'api_keys:create')
    return { member: scope.member, keys: await listApiKeys(scope, whose), projects: await listProjectChoices(scope), callsMax: (await readUsage(scope)).find(({ key }) => key === 'api_calls')?.max }
  })
  const path = `/${member.organization.slug}/settings/api-keys`
  const url = `${env().NEXTAUTH_URL}/api/v1/${member.organization.slug}/me`
  if (!isOn(member, 'api_access')) {
    return (
      <>
        <PageHeader title="API keys" />
        <EmptyState icon={<KeyRound />} title="API access is switched off">
          No key works here, and none can be made. {can(member.role, 'modules:manage') ? 'Switch it on under Modules; keys that were made before work again then.' : 'An owner or admin can switch it on.'}
        </EmptyState>
      </>
    )
  }
  const mayUse = (Object.keys(PERMISSION_WORDS) as Permission[]).filter((permission) => can(member.role, permission))
  const groups = GROUPS.map((name) => ({
    name,
    permissions: mayUse.filter((permission) => PERMISSION_WORDS[permission].group === name).map((permission) => ({ permission, text: PERMISSION_WORDS[permission].text })),
  })).filter(({ permissions }) => permissions.length > 0)
  return (
    <>
      <PageHeader
        title="API keys" description="By a key, a program acts in your name, with the part of your rights that you give it."
        actions={<NewKeyDialog groups={groups} projects={projects.map(({ id, name }) => ({ id, name }))} defaultRate={Math.min(1_000, callsMax ?? 1_000)} />}
      />
      {can(member.role, 'api_keys:manage') && <Segmented label="Whose keys" className="mb-4" options={[{ href: path, label: 'Mine', current: whose === 'mine' }, { href: `${path}?whose=all`, label: 'All', current: whose === 'all' }]} />}
      {keys.length === 0
        ? <EmptyState icon={<KeyRound />} title="No keys yet">Make one for each program, so that it can be revoked alone.</EmptyState>
        : <KeyTable keys={keys} showsOwner={whose === 'all'} me={member.userId} timeZone={member.timezone} />}
      <p className="mt-4 flex flex-wrap items-center gap-2 text-[0.8125rem] text-text-muted">
        Try one: <code className="font-mono break-all">curl -H &quot;Authorization: Bearer bh_…&quot; {url}</code> <CopyButton text={`curl -H "Authorization: Bearer bh_…" ${url}`} />
      </p>
      {can(member.role, 'mcp:execute') && <ToolsHelp url={`${env().NEXTAUTH_URL}/api/mcp`} />}
    </>
  )
}
