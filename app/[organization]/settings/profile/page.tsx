import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { listApiKeys } from '@/lib/api-keys/api-keys'
import { memberPage } from '@/lib/auth/session'
import { authorize } from '@/lib/authorization/permissions'
import { readOrganizationProfile } from '@/lib/organizations/profile'
import { LogoForm } from './logo-form'
import { ProfileForm } from './profile-form'

export const metadata: Metadata = { title: 'Organization profile' }

export default async function ProfilePage({ params }: { params: Promise<{ organization: string }> }) {
  const profile = await memberPage((await params).organization, async (scope) => {
    authorize(scope, 'organization:update')
    const keys = await listApiKeys(scope, 'all')
    return { ...(await readOrganizationProfile(scope)), keyCount: keys.filter(({ state }) => state === 'active').length }
  })
  const { name, slug, timezone, currency, colour, code, logoHash, keyCount } = profile
  return (
    <>
      <PageHeader title="Organization profile" description="What it is called, where it is found, and how it looks." />
      <div className="flex max-w-2xl flex-col gap-6">
        <Card>
          <CardHeader title="Logo" description="Stands beside the name, so that two organizations in two tabs cannot be confused." />
          <CardBody><LogoForm name={name} slug={slug} colour={colour} logoHash={logoHash} /></CardBody>
        </Card>
        <Card>
          <CardHeader title="Profile" actions={<span className="flex items-center gap-2 text-[0.8125rem] text-text-muted">Code <code className="font-mono select-all">{code}</code> <CopyButton text={code} /></span>} />
          <CardBody><ProfileForm keyCount={keyCount} initial={{ name, slug, timezone, currency, colour }} timezones={Intl.supportedValuesOf('timeZone')} currencies={Intl.supportedValuesOf('currency')} /></CardBody>
        </Card>
      </div>
    </>
  )
}
