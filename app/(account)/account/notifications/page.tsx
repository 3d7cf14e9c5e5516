import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { listMutes, listPreferences, NOTICES, readDelivery, type Notice } from '@/lib/account/preferences'
import { personPage } from '@/lib/auth/session'
import { NOTIFICATION_KINDS, type NotificationKind } from '@/lib/notifications/kinds'
import { DeliveryForm, MuteSwitch } from './delivery-form'
import { PreferenceSwitch } from './preference-switch'

export const metadata: Metadata = { title: 'Notifications' }

export default async function NotificationsPage() {
  const { isOn, delivery, mutes, timezone } = await personPage(async (scope, person) => ({ isOn: await listPreferences(scope), delivery: await readDelivery(scope), mutes: await listMutes(scope), timezone: person.timezone }))
  return (
    <>
      <PageHeader title="Notifications" description="What you are told of, where and when. Changes of your password, address and second factor are always told." />
      <div className="flex flex-col gap-6">
        <Table caption="In your organizations">
          <TableHead>
            <Th>In your organizations</Th>
            <Th>Inbox</Th>
            <Th>Mail</Th>
          </TableHead>
          <TableBody>
            {(Object.keys(NOTIFICATION_KINDS) as NotificationKind[]).map((kind) => (
              <Tr key={kind}>
                <Td primary>{NOTIFICATION_KINDS[kind].label}{NOTIFICATION_KINDS[kind].hint && <span className="block text-[0.8125rem] font-normal text-text-muted">{NOTIFICATION_KINDS[kind].hint}</span>}</Td>
                <Td label="Inbox"><PreferenceSwitch kind={kind} channel="app" label={`${NOTIFICATION_KINDS[kind].label}: inbox`} labelHidden enabled={isOn(kind, 'app')} /></Td>
                <Td label="Mail"><PreferenceSwitch kind={kind} channel="email" label={`${NOTIFICATION_KINDS[kind].label}: mail`} labelHidden enabled={isOn(kind, 'email')} /></Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
        <Card>
          <CardHeader title="When mail comes" description={timezone ? `By the clock of ${timezone}.` : 'By UTC, until you choose a time zone in your profile.'} />
          <CardBody><DeliveryForm {...delivery} /></CardBody>
        </Card>
        <Card>
          <CardHeader title="About your account" description="By mail, at once." />
          <CardBody className="flex flex-col gap-4">
            {(Object.keys(NOTICES) as Notice[]).map((kind) => <PreferenceSwitch key={kind} kind={kind} channel="email" {...NOTICES[kind]} enabled={isOn(kind, 'email')} />)}
          </CardBody>
        </Card>
        {mutes.length > 0 && (
          <Card>
            <CardHeader title="Mail from" description="Without it, the inbox there still tells you." />
            <CardBody className="flex flex-col gap-3">{mutes.map(({ slug, name, isMuted }) => <MuteSwitch key={slug} slug={slug} name={name} isMuted={isMuted} />)}</CardBody>
          </Card>
        )}
      </div>
    </>
  )
}
