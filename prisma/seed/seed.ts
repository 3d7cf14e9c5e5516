import { hashPassword } from '@/lib/passwords/hash'
import { closePlatformClient, platformClient, platformPool } from '@/lib/platform/client'
import { withPerson } from '@/lib/platform/person'
import { closeTenantClient } from '@/lib/tenancy/client'
import { cast } from './cast'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { demoId, organizations, type DemoOrganization } from './organizations'
import { setSuperAdmin, setUpTransaction } from '@/scripts/database/super-admin.ts'
import { fillOrganization, moveDates } from './fill'
import { makeVisit } from './visit'

/** Fills the demo organizations. Run again it changes no count: it makes what is missing and moves the relative dates. */
async function seed() {
  const began = performance.now()
  const password = process.env.DEMO_PASSWORD
  if (!password || password.length < 12) throw new Error('DEMO_PASSWORD is missing or shorter than 12 characters.')
  const [strangers, own] = [await platformClient().organization.count({ where: { isDemo: false } }), await platformClient().organization.count({ where: { isDemo: true } })]
  // People may sign up beside the demonstration; a database without it is somebody's.
  if (strangers > 0 && own === 0 && process.env.SEED_BESIDE_REAL_DATA !== '1') throw new Error('This database has organizations that the seeder did not make. It leaves it alone.')

  await seedUsers(password)
  await seedSuperAdmins()
  for (const organization of organizations) {
    const id = demoId(organization.number, 'organization', 0)
    const exists = await platformClient().organization.findUnique({ where: { id } })
    // Trial until it is filled: a seeder that was stopped goes on where it was.
    const isFilled = exists !== null && exists.status !== 'trial'
    if (!exists) await createOrganization(organization)
    if (isFilled) await moveDates(organization)
    else {
      await fillOrganization(organization)
      if (organization.slug === 'northline') await makePastVisit(organization)
      const state = 'suspendedReason' in organization ? { status: 'suspended', suspendedReason: organization.suspendedReason } : { status: 'active' }
      await platformClient().organization.update({ where: { id }, data: state })
    }
    console.log(`  ${organization.name}: ${isFilled ? 'dates moved' : 'made'}`)
  }
  console.log(`  ${cast.length} accounts, ${organizations.length} organizations in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

async function seedUsers(password: string) {
  for (const [index, { name, email, kind = 'person', hasPassword = true }] of cast.entries()) {
    const id = demoId(0, 'user', index + 1)
    const secret = hasPassword ? { passwordHash: await hashPassword(password), passwordAlgorithm: 'argon2id', passwordChangedAt: new Date() } : {}
    await withPerson(id, NO_VISITOR, ({ tx }) => tx.user.upsert({ where: { id }, create: { id, name, kind, email, emailLc: email, emailVerifiedAt: new Date(), isDemo: true, ...secret }, update: secret }))
  }
}

// Only the set-up connection may; without one (a benchmark) nobody is.
async function seedSuperAdmins() {
  const setup = process.env.DATABASE_URL
  const ids = cast.flatMap(({ isSuperAdmin }, index) => (isSuperAdmin ? [demoId(0, 'user', index + 1)] : []))
  if (setup) await setUpTransaction(setup, async (as) => { for (const id of ids) await setSuperAdmin(await as('app_owner'), id, true) })
}

// Without a set-up connection (a benchmark) nobody has been there. It lets support in, so that nobody had to be asked.
async function makePastVisit({ number }: DemoOrganization) {
  await platformClient().organization.update({ where: { id: demoId(number, 'organization', 0) }, data: { supportPolicy: 'allow' } })
  if (process.env.DATABASE_URL) await makeVisit(process.env.DATABASE_URL, number)
}

async function createOrganization(organization: DemoOrganization) {
  const { number, slug, code, name, kind, plan, timezone, currency, colour, modules } = organization
  const owner = cast.findIndex(({ places }) => places.some((place) => place.slug === slug && place.role === 'owner'))
  const record = { id: demoId(number, 'organization', 0), code, slug, name, kind, status: 'trial', plan_key: plan, timezone, currency, colour, is_demo: true }
  const switches = modules.map((key, index) => ({ id: demoId(number, 'module', index + 1), key, enabled: true }))
  await platformPool().query('SELECT kernel.create_organization($1, $2, $3, $4, $5, $6)', [
    JSON.stringify(record), demoId(0, 'user', owner + 1), cast[owner]!.name, demoId(number, 'membership', owner + 1), JSON.stringify(switches), new Date(),
  ])
}

try {
  await seed()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await closeTenantClient()
  await closePlatformClient()
}
