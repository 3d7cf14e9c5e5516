import type { ReactNode } from 'react'
import { ProofProvider } from '@/components/forms/proof'
import { SectionNavigation } from '@/components/shell/section-navigation'
import { requireMember, requirePerson } from '@/lib/auth/session'
import { settingsOf } from '@/lib/modules/settings'
import { prove, startPasskeyAnswer } from '../../(account)/actions'

export default async function SettingsLayout({ children, params }: { children: ReactNode; params: Promise<{ organization: string }> }) {
  const member = await requireMember((await params).organization)
  const { hasPassword, hasSecondFactor } = await requirePerson()
  return (
    <ProofProvider ways={{ hasPassword, hasTotp: hasSecondFactor, hasPasskey: hasSecondFactor }} prove={prove} startPasskey={startPasskeyAnswer}>
      <div className="flex gap-8 max-lg:flex-col max-lg:gap-4">
        <SectionNavigation label="Settings" items={settingsOf(member)} />
        <div className="min-w-0 flex-1">{children}</div>
      </div>
    </ProofProvider>
  )
}
