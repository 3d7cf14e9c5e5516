import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { enqueueJob } from '@/lib/jobs/jobs'
import { JOB_KINDS } from '@/lib/jobs/kinds'
import { runDueJob } from '@/lib/jobs/runner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { startTracing, stopTracing, withSpan } from './trace.ts'

type Span = { name: string; traceId: string; spanId: string; parentSpanId?: string; attributes: { key: string; value: Record<string, unknown> }[]; status: { code?: number; message?: string } }

// What a collector is told: OTLP over HTTP, as it is sent.
const bodies: string[] = []
let collector: Server
let database: Awaited<ReturnType<typeof useOwnDatabase>>
beforeAll(async () => {
  database = await useOwnDatabase()
  collector = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += String(piece))).on('end', () => {
      if (request.url === '/v1/traces') bodies.push(body)
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  collector.close()
  await database.close()
})

const spans = () => bodies.flatMap((body) => (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))

test('a request, its transactions and a job become spans at the collector, with ids and without content', async () => {
  const organization = await makeOrganization()
  const member = await organization.add('member')
  await startTracing(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`)
  await withSpan('GET /[organization]/labels', { 'http.route': '/[organization]/labels' }, async () => {
    await withTenant(member, ({ tx }) => tx.label.createMany({ data: [{ name: 'Confidential words', nameLc: 'confidential words', colour: '#475569', ownerUserId: member.userId }] }))
    await withTenant(member, () => Promise.reject(new Error('Confidential failure'))).catch(() => undefined)
  })
  vi.spyOn(console, 'info').mockImplementation(() => {})
  JOB_KINDS.test_traced = () => Promise.resolve(async () => {})
  await withTenant(member, (scope) => enqueueJob(scope, 'test_traced', { label: 'Confidential payload' }))
  await runDueJob()
  await stopTracing()

  const [request] = spans().filter(({ name }) => name === 'GET /[organization]/labels')
  const inside = spans().filter(({ parentSpanId }) => parentSpanId === request!.spanId)
  expect(inside.map(({ name, traceId }) => [name, traceId])).toEqual([['transaction', request!.traceId], ['transaction', request!.traceId]])
  expect(inside[1]!.status).toEqual({ code: 2, message: 'Error' })
  const job = spans().find(({ name }) => name === 'job')
  expect(job!.attributes).toContainEqual({ key: 'outcome', value: { stringValue: 'succeeded' } })
  expect(job!.attributes).toContainEqual({ key: 'organization', value: { stringValue: member.tenantId } })
  expect(spans().some(({ name, parentSpanId }) => name === 'transaction' && parentSpanId === job!.spanId)).toBe(true)
  expect(bodies.join()).not.toMatch(/confidential|INSERT|SELECT/i)
})

test('without the setting nothing is traced, and the work is done', async () => {
  const before = bodies.length
  await startTracing('')
  expect(await withSpan('x', {}, () => Promise.resolve(7))).toBe(7)
  expect(bodies.length).toBe(before)
})
