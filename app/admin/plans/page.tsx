import type { Metadata } from 'next'
import { price } from '@/app/[organization]/settings/plan/words'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { listAllPlans } from '@/lib/console/plans'
import { consolePage } from '../console-page'
import { listPath } from '../filter-bar'
import { PlanDialog, RemovePlan } from './plan-dialog'

export const metadata: Metadata = { title: 'Plans' }

const most = (value: number | null) => value?.toLocaleString('en') ?? 'unlimited'
const STAYS = ['free', 'professional']

export default async function PlansPage() {
  const { data: plans } = await consolePage(listAllPlans)
  return (
    <>
      <PageHeader title="Plans" description="What organizations may have, and what it costs. Everybody begins with a trial that has the limits of the professional plan, then the free one." actions={<PlanDialog position={Math.max(0, ...plans.map(({ position }) => position)) + 1} />} />
      <Table caption="Plans">
        <TableHead><Th>Plan</Th><Th>Price</Th><Th align="end">Members</Th><Th align="end">Projects</Th><Th align="end">Files, MB</Th><Th align="end">Calls an hour</Th><Th align="end">Requests a minute</Th><Th align="end">History, days</Th><Th align="end">Organizations</Th><Th labelHidden>Actions</Th></TableHead>
        <TableBody>
          {plans.map((plan) => (
            <Tr key={plan.key}>
              <Td primary>{plan.name} <code className="ms-1 font-mono text-xs font-normal text-text-muted">{plan.key}</code></Td>
              <Td label="Price" className="whitespace-nowrap">{price(plan.monthlyPrice)}</Td>
              <Td label="Members" align="end">{most(plan.members)}</Td>
              <Td label="Projects" align="end">{most(plan.projects)}</Td>
              <Td label="Files, MB" align="end">{most(plan.storageMb)}</Td>
              <Td label="Calls an hour" align="end">{most(plan.apiCallsPerHour)}</Td>
              <Td label="Requests a minute" align="end">{most(plan.requestsPerMinute)}</Td>
              <Td label="History, days" align="end">{plan.auditDays?.toLocaleString('en') ?? 'for good'}</Td>
              <Td label="Organizations" align="end">{plan.organizations > 0 ? <AppLink href={listPath('/admin', { plan: plan.key })} className="link" aria-label={`${plan.organizations} with ${plan.name}`}>{plan.organizations}</AppLink> : 0}</Td>
              <Td align="end"><span className="flex justify-end gap-1"><PlanDialog plan={plan} />{plan.organizations === 0 && !STAYS.includes(plan.key) && <RemovePlan plan={plan} />}</span></Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
    </>
  )
}
