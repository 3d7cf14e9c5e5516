import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Card, CardBody } from '@/components/ui/card'
import { listPreferences, NOTICES, type Notice } from '@/lib/account/preferences'
import { personPage } from '@/lib/auth/session'
import { PreferenceSwitch } from './preference-switch'

export const metadata: Metadata = { title: 'Notifications' }

export default async function NotificationsPage() {
  const preferences = await personPage((scope) => listPreferences(scope))
  return (
    <>
      <PageHeader title="Notifications" description="What you get a mail about. Changes of your password, address and second factor are always told." />
      <Card>
        <CardBody className="flex flex-col gap-4">
          {(Object.keys(NOTICES) as Notice[]).map((kind) => <PreferenceSwitch key={kind} kind={kind} {...NOTICES[kind]} enabled={preferences[kind]} />)}
        </CardBody>
      </Card>
    </>
  )
}
