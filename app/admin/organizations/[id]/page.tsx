import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button-class'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Day } from '@/components/ui/day'
import { FormMessage } from '@/components/ui/form-message'
import { RelativeTime } from '@/components/ui/relative-time'
import { readOrganization } from '@/lib/console/organizations'
import { listAllPlans } from '@/lib/console/plans'
import { STATES } from '@/lib/console/schema'
import { SUPPORT_MODES, SUPPORT_POLICIES, type SupportPolicy } from '@/lib/support/schema'
import { SUPPORT_TONES, supportState } from '@/lib/support/words'
import { consolePage, requireId } from '../../console-page'
import { Fact, Facts } from '../../facts'
import { SwitchCard } from '../../settings/switch-card'
import { EventsLink } from '../../support/events-link'
import { STATE_TONES } from '../tones'
import { OrganizationActs, PlanAct } from './acts'
import { ModuleCard } from './module-card'
import { UsageCard } from './usage-card'

export const metadata: Metadata = { title: 'Organization' }

export default async function OrganizationPage({ params }: { params: Promise<{ id: string }> }) {
  const id = requireId((await params).id)
  const { data: { o, plans }, zone } = await consolePage(async (token) => ({ o: await readOrganization(token, id), plans: await listAllPlans(token) }))
  const planName = (key: string) => plans.find((plan) => plan.key === key)?.name ?? key
  const when = (iso: string | null) => (iso ? <RelativeTime iso={iso} timeZone={zone} /> : 'never')
  const isGone = o.state === 'cancelled' || o.state === 'deleted'
  return (
    <>
      <PageHeader
        title={o.name} breadcrumbs={[{ label: 'Organizations', href: '/admin' }]} badge={<Badge tone={STATE_TONES[o.state]}>{STATES[o.state]}</Badge>}
        actions={<>{!isGone && <AppLink href={`/admin/support?organization=${o.slug}`} className={buttonClass()}>Come in as support</AppLink>}<OrganizationActs id={o.id} name={o.name} slug={o.slug} state={o.state} /></>}
      />
      {o.suspendedReason && <FormMessage tone="warning" className="mb-4">Suspended, and its members read why: {o.suspendedReason}</FormMessage>}
      {isGone && o.purgeAfter && <FormMessage tone="warning" className="mb-4">{o.state === 'cancelled' ? 'Cancelled by the platform.' : 'Deleted by its owner.'} Everything is erased after <Day iso={o.purgeAfter} timeZone={zone} />.</FormMessage>}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card>
          <CardHeader title="Facts" actions={<PlanAct id={o.id} name={o.name} planKey={o.planKey} plans={plans.map(({ key, name }) => ({ value: key, label: name }))} />} />
          <CardBody>
            <Facts>
              <Fact name="Address">{o.slug}</Fact><Fact name="Code"><code className="font-mono">{o.code}</code></Fact><Fact name="Kind">{o.kind}</Fact>
              <Fact name="Plan">{planName(o.planKey)}{o.effectivePlan !== o.planKey && `, for now with the limits of ${planName(o.effectivePlan)}`}{o.trialEndsAt && <>; the trial ends {when(o.trialEndsAt)}</>}</Fact>
              <Fact name="Created">{when(o.createdAt)}</Fact><Fact name="Last active">{when(o.lastActiveAt)}</Fact>
              <Fact name="Joining">{o.joinPolicy.replaceAll('_', ' ')}</Fact><Fact name="Second factor">{o.needsSecondFactor ? 'needed' : 'not needed'}</Fact><Fact name="Support">{SUPPORT_POLICIES[o.supportPolicy as SupportPolicy].label}</Fact>
            </Facts>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={o.owners.length === 1 ? 'Owner' : 'Owners'} />
          <CardBody>
            {o.owners.length === 0 ? <p className="text-text-muted">Nobody owns it now.</p> : (
              <ul className="flex flex-col gap-3">
                {o.owners.map((owner) => <li key={owner.id} className="wrap-anywhere"><AppLink href={`/admin/people/${owner.id}`} className="font-medium hover:underline">{owner.name}</AppLink> {owner.status !== 'active' && <Badge tone="warning">{owner.status}</Badge>}<span className="block text-[0.8125rem] text-text-muted">{owner.email} · last here {when(owner.lastActiveAt)}</span></li>)}
              </ul>
            )}
          </CardBody>
        </Card>
        <UsageCard id={o.id} name={o.name} usage={o.usage} />
        <ModuleCard id={o.id} name={o.name} modules={o.modules} />
        <SwitchCard organization={o.id} name={o.name} switches={o.switches} />
        <Card>
          <CardHeader title="Support sessions" description="The last twenty." />
          <CardBody>
            {o.support.length === 0 ? <p className="text-text-muted">Nobody of the platform has come in.</p> : (
              <ul className="flex flex-col divide-y">
                {o.support.map((one) => <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2"><span className="font-medium">{one.adminName}</span><Badge tone={SUPPORT_TONES[one.status]}>{supportState(one)}</Badge><span className="min-w-0 flex-1 basis-60 wrap-anywhere text-text-muted">{one.reason}</span><span className="text-[0.8125rem] text-text-muted">{SUPPORT_MODES[one.mode]}, {one.minutes} min, {when(one.at)}</span><EventsLink {...one} /></li>)}
              </ul>
            )}
          </CardBody>
        </Card>
      </div>
    </>
  )
}
