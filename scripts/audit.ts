// npm run audit [-- --organization SLUG] [--noted 12:9f86d0…]: compares every event with its seal and every seal with the one
// before, in every organization or one. Exit code 1 on any problem. Changes nothing.
import { parseArgs } from 'node:util'
import { verifyOrganization, type VerifyStep } from '@/lib/audit/seals'
import { ask } from '@/lib/platform/ask'
import { closePlatformClient } from '@/lib/platform/client'
import { command } from './command.ts'
import { withServer } from './database/server.ts'
import { SettingError, runtimeUrls, writeMissingSettings } from './settings.ts'

await command(async () => {
  const { values } = parseArgs({ options: { organization: { type: 'string' }, noted: { type: 'string', default: '' } } })
  if (values.noted && (!values.organization || !/^\d{1,9}:[0-9a-f]{64}$/.test(values.noted))) throw new SettingError('A noted seal belongs to one organization: npm run audit -- --organization fern-forge --noted 12:9f86d0…')
  writeMissingSettings()
  return withServer(async (url) => {
    const { tenant, platform } = runtimeUrls(url)
    Object.assign(process.env, { TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform, NEXTAUTH_URL: process.env.NEXTAUTH_URL || 'http://localhost' })
    try {
      const all = await ask<{ tenant_id: string; slug: string }>('organizations_to_verify()')
      const wanted = all.filter(({ slug }) => !values.organization || slug === values.organization)
      if (wanted.length === 0) throw new SettingError(`There is no organization ${values.organization ?? ''}.`)
      let problems = 0
      for (const { tenant_id: id, slug } of wanted) {
        const result = await verifyOrganization(id, values.noted)
        problems += result.problems.length
        print(slug, result)
      }
      return problems > 0 ? 1 : 0
    } finally {
      await closePlatformClient()
    }
  })
})

function print(slug: string, { head, events, problems }: VerifyStep) {
  console.log(`${slug.padEnd(40)} ${String(events).padStart(9)} events  ${problems.length === 0 ? 'whole' : `${problems.length} PROBLEMS`}  ${head ? `${head.seq}:${head.hash}` : 'no seal yet'}`)
  for (const { seq, problem, eventId } of problems) console.log(`  seal ${seq}: ${problem.replaceAll('_', ' ')}${eventId ? ` ${eventId}` : ''}`)
}
