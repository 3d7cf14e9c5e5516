import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Day } from '@/components/ui/day'
import { FormMessage } from '@/components/ui/form-message'
import { listProviders, providerName } from '@/lib/auth/providers'
import { memberAnswer, personPage } from '@/lib/auth/session'
import { returnPath } from '@/lib/auth/return-path'
import { listIdentities } from '@/lib/identities/identities'
import { readHeldFactors } from '@/lib/second-factor/held-factors'
import { listPasskeys } from '@/lib/second-factor/passkeys'
import { countRecoveryCodes } from '@/lib/second-factor/recovery-codes'
import { ContinueLink } from './continue-link'
import { ConnectButton, DisconnectButton } from './identity-buttons'
import { PasskeyAdder, RemovePasskeyButton } from './passkey-forms'
import { PasswordForm } from './password-form'
import { RecoveryCodesButton } from './recovery-codes'
import { Authenticator } from './totp-forms'

export const metadata: Metadata = { title: 'Security' }

const CONNECT_REFUSALS: Record<string, string> = { taken: 'That account at the provider signs in somebody else here.', expired: 'That took too long. Connect the provider once more.' }

type Query = Record<'required' | 'next' | 'connected' | 'refused', string | string[] | undefined>

export default async function SecurityPage({ searchParams }: { searchParams: Promise<Partial<Query>> }) {
  const query = await searchParams
  const [required, next, connected, refused] = [query.required, query.next, query.connected, query.refused].map((value) => [value].flat()[0])
  const { person, passkeys, identities, recoveryCodes, hasTotp } = await personPage(async (scope, me) => ({
    person: me, passkeys: await listPasskeys(scope), identities: await listIdentities(scope), recoveryCodes: await countRecoveryCodes(scope),
    hasTotp: (await readHeldFactors(scope)).hasTotp,
  }))
  const asking = required ? await memberAnswer(required) : null
  const { hasSecondFactor } = person
  return (
    <>
      <PageHeader title="Security" description="What proves that it is you." />
      <div className="flex flex-col gap-6">
        {asking?.state === 'member' && !hasSecondFactor && <FormMessage tone="warning">{asking.member.organization.name} asks its members for a second factor. Set up an authenticator or a passkey, and you can go on.</FormMessage>}
        {asking?.state === 'member' && hasSecondFactor && <ContinueLink href={returnPath(next)} />}
        {connected && <FormMessage tone="success">{providerName(connected)} is connected: you can sign in with it.</FormMessage>}
        {refused && <FormMessage>{Object.hasOwn(CONNECT_REFUSALS, refused) ? CONNECT_REFUSALS[refused] : 'The provider could not be connected.'}</FormMessage>}
        <Card>
          <CardHeader title="Password" description={person.hasPassword ? 'Changing it ends every other session.' : 'You have none: you sign in with a provider or a passkey.'} />
          <CardBody><PasswordForm hasPassword={person.hasPassword} context={{ name: person.name, email: person.email, hasSecondFactor }} /></CardBody>
        </Card>
        <Card>
          <CardHeader title="Second factor" description="Asked after your password or provider, so that neither is enough alone." actions={<Badge tone={hasSecondFactor ? 'success' : 'neutral'}>{hasSecondFactor ? 'on' : 'off'}</Badge>} />
          <CardBody className="flex flex-col gap-6">
            <section aria-labelledby="authenticator" className="flex flex-col gap-3">
              <h3 id="authenticator" className="font-medium">Authenticator {hasTotp && <Badge tone="success">on</Badge>}</h3>
              <Authenticator isSetUp={hasTotp} />
            </section>
            <section aria-labelledby="passkeys" className="flex flex-col gap-3 border-t pt-4">
              <h3 id="passkeys" className="font-medium">Passkeys</h3>
              <p className="text-text-muted">Your phone, computer or security key, opened by your finger, face or PIN. Also signs you in without a password.</p>
              <ul className="flex flex-col gap-2">
                {passkeys.map(({ id, name, isBackedUp, lastUsedAt, createdAt }) => (
                  <li key={id} className="flex flex-wrap items-center gap-3 rounded-md border px-3 py-2">
                    <span className="min-w-0 flex-1">
                      <span className="font-medium wrap-anywhere">{name}</span> <span className="text-[0.8125rem] text-text-muted">
                        added <Day iso={createdAt.toISOString()} timeZone={person.timezone ?? 'UTC'} />{lastUsedAt && <>, used <Day iso={lastUsedAt.toISOString()} timeZone={person.timezone ?? 'UTC'} /></>}{isBackedUp ? ', synced' : ''}
                      </span>
                    </span>
                    <RemovePasskeyButton id={id} name={name} />
                  </li>
                ))}
              </ul>
              <PasskeyAdder />
            </section>
            {hasSecondFactor && (
              <section aria-labelledby="recovery" className="flex flex-col gap-3 border-t pt-4">
                <h3 id="recovery" className="font-medium">Recovery codes</h3>
                <p className={recoveryCodes < 3 ? 'text-warning' : 'text-text-muted'}>{recoveryCodes} unused. Each signs you in once when your phone is lost. Keep them somewhere else than on it.</p>
                <RecoveryCodesButton isFirst={recoveryCodes === 0} />
              </section>
            )}
          </CardBody>
        </Card>
        {(identities.length > 0 || listProviders().length > 0) && (
          <Card>
            <CardHeader title="Connected sign-ins" description="Accounts at providers that sign you in here." />
            <CardBody className="flex flex-col gap-3">
              {identities.map(({ id, provider, email }) => (
                <div key={id} className="flex flex-wrap items-center gap-3 rounded-md border px-3 py-2">
                  <span className="min-w-0 flex-1"><span className="font-medium">{providerName(provider)}</span> <span className="text-text-muted wrap-anywhere">{email}</span></span>
                  <DisconnectButton id={id} name={providerName(provider)} />
                </div>
              ))}
              <div className="flex flex-wrap gap-2">{listProviders().map(({ key, name }) => <ConnectButton key={key} provider={key} name={name} />)}</div>
            </CardBody>
          </Card>
        )}
      </div>
    </>
  )
}
