import { afterAll, beforeAll, expect, test } from 'vitest'
import { Prisma } from '@/lib/generated/prisma/client'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { tenantClient } from '@/lib/tenancy/client'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

type Data = Record<string, unknown>
type Delegate = Record<string, (args: Data) => Promise<unknown>>
type Field = { name: string; dbName?: string | null; kind: string; type: string }

let [a, b]: Twin[] = []
beforeAll(async () => void ([a, b] = await makeTwins()))
afterAll(closeConnections)

// Every model of the generated client that has a tenant: a new one takes part without being named here.
const models = (tenantClient().client as unknown as { _runtimeDataModel: { models: Record<string, { dbName: string; fields: Field[] }> } })._runtimeDataModel.models
const tenantModels = Object.entries(models).filter(([, { fields }]) => fields.some(({ name }) => name === 'tenantId')).map(([name, { dbName }]) => [name, dbName] as const)

/** Everything that Prisma offers on one model, aimed at a row of the other organization. What it returned, or its error. */
function operationsOn(name: string, victim: Data, own: Data): Record<string, (model: Delegate) => Promise<unknown>> {
  const key = { tenantId_id: { tenantId: victim.tenantId, id: victim.id } }
  const at = { tenantId: victim.tenantId, id: victim.id }
  const { taskId: _, ownerKey: __, ...writable } = name === 'TaskAssignee' || name === 'TaskStatusChange' ? { ...victim, ownerKey: null, taskId: null } : victim
  const forged = { ...(/^(Task.|IdeaTask)/.test(name) ? { ...writable, taskId: victim.taskId } : writable), id: uuidv7(), ...(name === 'ApiKey' && { keyHash: new Uint8Array(32) }) }
  return {
    findMany: (model) => model.findMany!({ where: at }),
    'findMany of all': (model) => model.findMany!({ where: { OR: [{ tenantId: victim.tenantId }, { id: victim.id }] } }),
    findFirst: (model) => model.findFirst!({ where: { id: victim.id } }),
    'findFirst around AND': (model) => model.findFirst!({ where: { NOT: { NOT: at } } }),
    findUnique: (model) => model.findUnique!({ where: key }),
    count: (model) => model.count!({ where: at }),
    aggregate: async (model) => ((await model.aggregate!({ where: { id: victim.id }, _count: true })) as { _count: number })._count,
    groupBy: (model) => model.groupBy!({ by: ['tenantId'], where: at, _count: true }),
    update: (model) => model.update!({ where: key, data: { id: victim.id } }),
    updateMany: async (model) => ((await model.updateMany!({ where: at, data: { id: victim.id } })) as { count: number }).count,
    'updateMany into the other': async (model) => { await model.updateMany!({ where: { id: own.id }, data: { tenantId: victim.tenantId } }); return 1 },
    delete: (model) => model.delete!({ where: key }),
    deleteMany: async (model) => ((await model.deleteMany!({ where: at })) as { count: number }).count,
    upsert: (model) => model.upsert!({ where: key, create: forged, update: {} }),
    create: (model) => model.create!({ data: forged }),
    createMany: async (model) => ((await model.createMany!({ data: [forged], skipDuplicates: true })) as { count: number }).count,
  }
}

const isNothing = (answer: unknown) => answer === null || answer === 0 || (Array.isArray(answer) && answer.length === 0)
// Made with the caller's own tenant: what was asked for somebody else's lands at home or fails on its foreign keys.
const isAtHome = (answer: unknown) => (answer as Data).tenantId === b!.tenantId

let attempts = 0
afterAll(() => console.info(`models: ${attempts} Prisma operations on ${tenantModels.length} models as the other twin`))

test('every tenant table has a model here', async () => {
  const tables = await withConnection('DATABASE_URL', async (client) => (await client.query<{ name: string }>(`SELECT table_name AS name FROM kernel.tables WHERE family <> 'global'`)).rows.map(({ name }) => name))
  expect(tenantModels.map(([, table]) => table).sort()).toEqual(tables.sort())
})

test.each(tenantModels)('lesson 27: %s as the other organization gives nothing and changes nothing', async (name, table) => {
  const read = (twin: Twin) => withTenant(twin.owner, ({ tx }) => (tx as unknown as Record<string, Delegate>)[camel(name)]!.findMany!({ orderBy: { id: 'asc' } }) as Promise<Data[]>)
  const stored = () => withConnection('DATABASE_URL', async (client) => (await client.query(`SELECT t::text FROM public."${table}" t WHERE tenant_id = $1 ORDER BY id`, [a!.tenantId])).rows)
  const [before, [victim], [own]] = [await stored(), await read(a!), await read(b!)]
  expect(victim && own).toBeTruthy()
  for (const [operation, run] of Object.entries(operationsOn(name, victim!, own!))) {
    attempts++
    const undo = new Error('undo')
    let answer: unknown = null
    await withTenant(b!.owner, async ({ tx }) => {
      answer = await run((tx as unknown as Record<string, Delegate>)[camel(name)]!)
      throw undo
    }).catch((error: unknown) => {
      // Refused by the database or the client: the answer stays empty. Anything else is a fault of this test.
      if (error !== undo && !(error instanceof Prisma.PrismaClientKnownRequestError) && !/does not allow|Database error/.test(String(error))) throw error
    })
    const isCreated = ['upsert', 'create'].includes(operation) && answer !== null && isAtHome(answer)
    const isMadeAtHome = operation === 'createMany' || isCreated
    if (!isMadeAtHome) expect({ operation, answer: isNothing(answer) ? 'nothing' : answer }).toEqual({ operation, answer: 'nothing' })
  }
  expect(await stored()).toEqual(before)
})

test('positive control: the same operations find the rows of their own organization', async () => {
  const found = await withTenant(a!.owner, ({ tx }) => tx.task.findUnique({ where: { tenantId_id: { tenantId: a!.tenantId, id: a!.taskId } } }))
  expect(found?.id).toBe(a!.taskId)
})

const camel = (name: string) => name[0]!.toLowerCase() + name.slice(1)
