import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { readAccess } from '@/lib/access/access-rules'
import { listJoinRequests } from '@/lib/access/join-requests'
import { memberPage } from '@/lib/auth/session'
import { RequestButtons } from './request-buttons'
import { JoinPolicyForm, ListAddressForm, SwitchAddressButton } from './rule-forms'

export const metadata: Metadata = { title: 'Joining' }

export default async function AccessPage({ params }: { params: Promise<{ organization: string }> }) {
  const { access, requests, member } = await memberPage((await params).organization, async (scope) => ({
    access: await readAccess(scope), requests: await listJoinRequests(scope), member: scope.member,
  }))
  const when = (at: Date) => <RelativeTime iso={at.toISOString()} timeZone={member.timezone} />
  return (
    <>
      <PageHeader title="Joining" description="Who may come in." />
      <div className="flex flex-col gap-6">
        {requests.length > 0 && (
          <Card>
            <CardHeader title={`Waiting for you (${requests.length})`} description="People who ask to join." />
            <ul className="divide-y">
              {requests.map(({ id, name, wishedRole, askedAt }) => (
                <li key={id} className="flex flex-wrap items-center gap-3 px-4 py-3">
                  <span className="min-w-0 flex-1"><span className="font-medium wrap-anywhere">{name}</span> <span className="text-text-muted">asked {when(askedAt)}{wishedRole ? `, as ${wishedRole}` : ''}</span></span>
                  <RequestButtons id={id} name={name} wishedRole={wishedRole ?? 'member'} />
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Card>
          <CardHeader
            title="How people join" description="Nobody ever joins by accident: without a rule, an invitation is needed."
            actions={<span className="flex items-center gap-2 text-[0.8125rem] text-text-muted">Code <code className="font-mono select-all">{access.code}</code> <CopyButton text={access.code} /></span>}
          />
          <CardBody className="flex flex-col gap-6">
            <JoinPolicyForm policy={access.policy} />
            {access.policy.startsWith('listed') && (
              <section aria-labelledby="listed" className="flex flex-col gap-3 border-t pt-4">
                <h3 id="listed" className="font-medium">{access.policy === 'listed_domains' ? 'Listed addresses and domains' : 'Listed addresses'}</h3>
                <ListAddressForm />
                <ul className="divide-y rounded-md border empty:hidden">
                  {access.rules.map(({ id, kind, value, role, isActive, addedBy, addedAt, admittedCount }) => (
                    <li key={id} className="flex flex-wrap items-center gap-3 px-3 py-2">
                      <span className="min-w-0 flex-1">
                        <span className="font-medium wrap-anywhere">{kind === 'domain' ? `@${value}` : value}</span> <span className="text-[0.8125rem] text-text-muted">
                          {addedBy ? `by ${addedBy}, ` : ''}
                          {when(addedAt)}
                          {admittedCount > 0 ? `, ${admittedCount} joined` : ''}
                        </span>
                      </span>
                      <Badge>{role}</Badge>
                      {!isActive && <Badge tone="warning">off</Badge>}
                      {kind === 'domain' && access.policy === 'listed_addresses' && <Badge>not used</Badge>}
                      <SwitchAddressButton id={id} value={value} isActive={isActive} admittedCount={admittedCount} />
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </CardBody>
        </Card>
      </div>
    </>
  )
}
