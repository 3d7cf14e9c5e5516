import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { RelativeTime } from '@/components/ui/relative-time'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { LIMITS, NEAR } from '@/lib/plans/limits'
import { listPlans, readPlan } from '@/lib/plans/plans'
import { PlanButton } from './plan-button'
import { UsageChart } from './usage-chart'
import { amount, differencesOf, historyLoss, LIMIT_WORDS, price, usedOf } from './words'

export const metadata: Metadata = { title: 'Plan and usage' }

export default async function PlanPage({ params }: { params: Promise<{ organization: string }> }) {
  const { report, me } = await memberPage((await params).organization, async (scope) => ({ report: await readPlan(scope), me: scope.member }))
  const plans = await listPlans()
  const { planKey, isTrial, trialEndsAt, usage, history } = report
  const mine = plans.find(({ key }) => key === planKey) ?? null
  const isOwner = can(me.role, 'plan:manage')
  return (
    <>
      <PageHeader
        title="Plan and usage"
        description={isTrial && trialEndsAt ? (
          <>A trial with the limits of the professional plan. It ends <RelativeTime iso={trialEndsAt.toISOString()} timeZone={me.timezone} />; nothing is deleted then.</>
        ) : 'What this organization may use, what it does, and how it went.'}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {usage.map(({ key, used, max }) => {
          const { label, atLimit } = LIMIT_WORDS[key]
          const isNear = max !== null && used >= max * NEAR
          return (
            <Card key={key}>
              <CardHeader title={label} actions={<span className="tabular-nums">{usedOf(key, used, max)}</span>} />
              <CardBody className="flex flex-col gap-3">
                {max !== null && <ProgressBar label={`${label}: ${used} of ${max}`} value={used} max={Math.max(max, 1)} tone={used >= max ? 'danger' : isNear ? 'warning' : 'accent'} showValue />}
                {isNear && <p className="text-[0.8125rem]"><Badge tone={used >= max ? 'danger' : 'warning'}>{used >= max ? 'full' : `${max - used} left`}</Badge> <span className="text-text-muted">{used >= max ? '' : 'When it is full: '}{atLimit}</span></p>}
                {key === 'members' && <p className="text-[0.8125rem] text-text-muted">Members and open invitations, without automation.</p>}
                <UsageChart label={label} points={history[key]} max={null} timeZone={me.timezone} />
              </CardBody>
            </Card>
          )
        })}
      </div>
      <h2 className="mt-8 mb-3 font-semibold">Plans</h2>
      {!isOwner && <p className="mb-3 text-text-muted">An owner of the organization can change the plan.</p>}
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {plans.map((plan) => {
          const over = usage.flatMap(({ key, used }) => (plan.limits[key] !== null && used > plan.limits[key] ? [`${LIMIT_WORDS[key].label}: ${usedOf(key, used, plan.limits[key])}. ${LIMIT_WORDS[key].atLimit}`] : []))
          const isMine = plan.key === planKey
          return (
            <li key={plan.key} className="flex flex-col gap-3 rounded-lg border bg-surface-raised p-4">
              <div><h3 className="font-semibold">{plan.name} {isMine && <Badge tone="accent">{isTrial ? 'after the trial' : 'yours'}</Badge>}</h3><p className="text-text-muted">{price(plan.monthlyPrice)}</p></div>
              <ul className="flex flex-1 flex-col gap-1 text-[0.8125rem]">
                {LIMITS.map((key) => <li key={key}>{amount(key, plan.limits[key])}</li>)}
                <li>{plan.auditDays === null ? 'History kept for good' : `History kept ${plan.auditDays.toLocaleString('en')} days`}</li>
              </ul>
              {isOwner && !isMine && <PlanButton plan={plan.key} name={plan.name} differences={differencesOf(plan, isTrial ? null : mine, usage)} over={over} history={historyLoss(plan, isTrial ? null : mine)} />}
            </li>
          )
        })}
      </ul>
    </>
  )
}
