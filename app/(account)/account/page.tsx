import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { FormMessage } from '@/components/ui/form-message'
import { requirePerson } from '@/lib/auth/session'
import { AvatarForm } from './avatar-form'
import { EmailForm, ProfileForm, VerifyButton } from './profile-forms'

export const metadata: Metadata = { title: 'Profile' }

export default async function ProfilePage() {
  const { userId, name, email, isEmailVerified, timezone, locale, avatarHash } = await requirePerson()
  return (
    <>
      <PageHeader title="Profile" description="How you are called and reached, in every organization." />
      <div className="flex flex-col gap-6">
        <Card><CardHeader title="Picture" /><CardBody><AvatarForm id={userId} name={name} hash={avatarHash} /></CardBody></Card>
        <Card><CardHeader title="You" /><CardBody><ProfileForm name={name} timezone={timezone ?? ''} timezones={Intl.supportedValuesOf('timeZone')} locale={locale} /></CardBody></Card>
        <Card>
          <CardHeader title="E-mail address" description={email} />
          <CardBody className="flex flex-col gap-4">
            {!isEmailVerified && <FormMessage tone="warning"><span className="mb-2 block">This address is not confirmed: no organization that lists it takes you in.</span><VerifyButton /></FormMessage>}
            <EmailForm />
          </CardBody>
        </Card>
      </div>
    </>
  )
}
