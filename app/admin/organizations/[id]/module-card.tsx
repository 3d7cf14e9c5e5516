'use client'

import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { MODULES } from '@/lib/modules/modules'
import { ActDialog } from '../../act-dialog'
import { switchModule } from '../actions'

export function ModuleCard({ id, name, modules }: { id: string; name: string; modules: string[] }) {
  return (
    <Card>
      <CardHeader title="Modules" description="Off hides and refuses, and deletes nothing." />
      <CardBody className="flex flex-col gap-3">
        {Object.entries(MODULES).filter(([, { description }]) => description).map(([module, { label, description }]) => {
          const isOn = modules.includes(module)
          return (
            <div key={module} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1 basis-48"><span className="font-medium">{label}</span> <Badge tone={isOn ? 'success' : 'neutral'}>{isOn ? 'on' : 'off'}</Badge><span className="block text-[0.8125rem] text-text-muted">{description}</span></span>
              <ActDialog label={isOn ? 'Switch off' : 'Switch on'} small title={`Switch ${isOn ? 'off' : 'on'} ${label}?`} consequence={`For everybody of ${name}, from the next click on.`} confirmLabel={isOn ? 'Switch off' : 'Switch on'} action={switchModule} hidden={{ id, module, enabled: String(!isOn) }} />
            </div>
          )
        })}
      </CardBody>
    </Card>
  )
}
