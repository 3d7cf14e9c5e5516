// One process for each database, because the product has one pool a process. Answers the parent's orders one by one.
import { findMember, findMembership } from '@/lib/platform/directory'
import { platformPool } from '@/lib/platform/client'
import { tenantClient } from '@/lib/tenancy/client'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { plainTransaction, separateSettings } from './clients.ts'
import { benchId, slugOf } from './fill.ts'
import { inspect } from 'node:util'
import { buffersOf, plansOf, type Statement } from './buffers.ts'
import { work, type WorkName } from './work.ts'
import { watch } from './wire.ts'

export type Way = 'tenant' | 'plain' | 'separate' | 'member'
export type Order =
  | { do: 'time'; ways: Way[]; work: WorkName; organizations: number[]; person: number }
  | { do: 'roundTrips'; way: 'tenant' | 'member'; work: WorkName; organization: number }
  | { do: 'buffers' | 'plans'; work: WorkName; organization: number; person: number }

const { BENCH_PLAIN_URL, TENANT_DATABASE_URL, BENCH_TOKEN } = process.env as Record<string, string>
const plain = plainTransaction(BENCH_PLAIN_URL!)
const separate = separateSettings(TENANT_DATABASE_URL!)
const watchTenant = watch(tenantClient().pool)
const watchPlatform = watch(platformPool())
const members = new Map<string, Member>()

async function memberOf(organization: number, person: number): Promise<Member> {
  const key = `${organization}/${person}`
  const member = members.get(key) ?? (await findMembership(benchId('organization', organization), benchId('user', organization * 8 + person)))
  if (!member) throw new Error(`There is no person ${person} in organization ${organization}.`)
  members.set(key, member)
  return member
}

const runAs = (way: Way, name: WorkName, member: Member): Promise<unknown> => {
  if (way === 'plain') return plain(member, work[name])
  if (way === 'separate') return separate(member, work[name])
  if (way === 'member') return findMember(BENCH_TOKEN!, slugOf(1))
  return withTenant(member, work[name], { readOnly: name !== 'create' && name !== 'bulk' })
}

/** Milliseconds of each run, the ways taking turns, in an order that changes: no way always follows the same one. */
async function time({ ways, work: name, organizations, person }: Extract<Order, { do: 'time' }>): Promise<number[][]> {
  const times: number[][] = ways.map(() => [])
  for (const [turn, organization] of organizations.entries()) {
    const member = await memberOf(organization, person)
    for (const step of ways.keys()) {
      const at = (turn + step) % ways.length
      const began = performance.now()
      await runAs(ways[at]!, name, member)
      times[at]!.push(performance.now() - began)
    }
  }
  return times
}

async function roundTrips({ way, work: name, organization }: Extract<Order, { do: 'roundTrips' }>): Promise<{ roundTrips: number; named: number; sent: number }> {
  const member = await memberOf(organization, 0)
  const { roundTrips, sent } = await (way === 'member' ? watchPlatform : watchTenant)(() => runAs(way, name, member))
  return { roundTrips, sent: sent.length, named: sent.filter((statement) => statement.name).length }
}

/** The statements of a piece of work, written down and rolled back, so that they can be sent again. */
async function statementsOf(name: WorkName, member: Member): Promise<Statement[]> {
  const undone = new Error('undone')
  const { sent } = await watchTenant(() =>
    withTenant(member, async (scope) => {
      await work[name](scope)
      throw undone
    }).catch((error: unknown) => {
      if (error !== undone) throw error
    }),
  )
  return sent.filter(({ text }) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(text)).map(({ text, values }) => ({ text, values }))
}

async function answer(order: Order): Promise<unknown> {
  if (order.do === 'time') return time(order)
  if (order.do === 'roundTrips') return roundTrips(order)
  const member = await memberOf(order.organization, order.person)
  const statements = await statementsOf(order.work, member)
  return (order.do === 'buffers' ? buffersOf : plansOf)(TENANT_DATABASE_URL!, member, statements)
}

process.on('message', (order: Order) => {
  answer(order).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: inspect(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({ result: 'ready' })
