import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { importUnderFire, whatIsThere } from '@/lib/testing/import-under-fire'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject } from '@/lib/testing/make-project'
import { useOwnDatabase } from '@/lib/testing/own-database'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-crash-'))
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization
beforeAll(async () => {
  database = await useOwnDatabase()
  Object.assign(env(), { FILES_DIRECTORY: directory })
  organization = await makeOrganization()
})
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

test('killed twice at random points, an import ends as if nothing had happened: every row once', async () => {
  const projects = [(await makeProject(organization.owner)).id, (await makeProject(organization.owner)).id]
  await importUnderFire(organization.owner, projects[0]!, { rows: 1_200, portion: 150, kills: 0 })
  const { killed, done } = await importUnderFire(organization.owner, projects[1]!, { rows: 1_200, portion: 150, kills: 2 })
  expect(killed).toHaveLength(2)
  expect(done.length).toBeGreaterThan(5)
  const oracle = await whatIsThere(projects[0]!)
  expect(oracle).toMatchObject({ tasks: 1_200, titles: 1_200, numbers: 1_200, last: 1_200, documents: 1_200, events: 1_200, rows: 1_200, next: 1_201 })
  expect(await whatIsThere(projects[1]!)).toEqual(oracle)
}, 120_000)
