import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { readSecondFactorPolicy } from '@/lib/access/second-factor-policy'
import { memberPage } from '@/lib/auth/session'
import { authorize } from '@/lib/authorization/permissions'
import { readOrganizationSecurity } from '@/lib/organizations/security'
import { SecondFactorForm } from '../access/second-factor-form'
import { SecurityForm } from './security-form'

export const metadata: Metadata = { title: 'Security' }

export default async function SecurityPage({ params }: { params: Promise<{ organization: string }> }) {
  const { secondFactor, security } = await memberPage((await params).organization, async (scope) => {
    authorize(scope, 'organization:update')
    return { secondFactor: await readSecondFactorPolicy(scope), security: await readOrganizationSecurity(scope) }
  })
  return (
    <>
      <PageHeader title="Security" description="What members must show, how often, and whose addresses may come in." />
      <div className="flex max-w-2xl flex-col gap-6">
        <Card>
          <CardHeader title="Second factor" description="A code or passkey besides the password, for everybody here." />
          <CardBody><SecondFactorForm {...secondFactor} /></CardBody>
        </Card>
        <Card>
          <CardHeader title="Sessions and addresses" />
          <CardBody><SecurityForm {...security} /></CardBody>
        </Card>
      </div>
    </>
  )
}
