import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { memberPage } from '@/lib/auth/session'
import { authorize } from '@/lib/authorization/permissions'
import { listModules } from '@/lib/modules/switching'
import { ModuleSwitch } from './module-switch'

export const metadata: Metadata = { title: 'Modules' }

export default async function ModulesPage({ params }: { params: Promise<{ organization: string }> }) {
  const modules = await memberPage((await params).organization, async (scope) => {
    authorize(scope, 'modules:manage')
    return listModules(scope)
  })
  return (
    <>
      <PageHeader title="Modules" description="What this organization works with. Off never deletes." />
      <Card>
        <ul className="divide-y">
          {modules.map(({ key, label, description, isOn }) => (
            <li key={key} className="flex flex-wrap items-center gap-3 px-4 py-3">
              <span className="min-w-0 flex-1 basis-60"><span className="font-medium">{label}</span> <Badge tone={isOn ? 'success' : 'neutral'}>{isOn ? 'on' : 'off'}</Badge><span className="block text-[0.8125rem] text-text-muted">{description}</span></span>
              <ModuleSwitch module={key} label={label} isOn={isOn} />
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}
