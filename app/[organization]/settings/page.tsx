import type { Metadata } from 'next'
import { Icon } from '@/components/shell/icons'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { requireMember } from '@/lib/auth/session'
import { settingsOf } from '@/lib/modules/settings'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: { params: Promise<{ organization: string }> }) {
  const member = await requireMember((await params).organization)
  return (
    <>
      <PageHeader title="Settings" description={`How ${member.organization.name} is run. Your role here is ${member.role}.`} />
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {settingsOf(member).map(({ href, label, description, icon }) => (
          <li key={href}>
            <AppLink href={href} className="flex h-full gap-3 rounded-lg border bg-surface-raised p-4 hover:bg-surface-hover">
              <Icon name={icon} className="mt-0.5 size-5 shrink-0 text-text-muted" />
              <span><span className="block font-medium">{label}</span><span className="text-[0.8125rem] text-text-muted">{description}</span></span>
            </AppLink>
          </li>
        ))}
      </ul>
    </>
  )
}
