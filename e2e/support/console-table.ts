import { v7 } from '../../lib/uuid'

/** What the tables below need of the database: an organization and a person whom nobody else of the suite uses. */
export type ConsoleSamples = { organization: string; slug: string; person: string }

/** Every page and route of the console. Who does not run the installation finds nothing at any of them. */
export const CONSOLE_ROUTES: Record<string, (samples: ConsoleSamples) => string> = {
  '/admin/page': () => '/admin',
  '/admin/organizations/[id]/page': ({ organization }) => `/admin/organizations/${organization}`,
  '/admin/people/page': () => '/admin/people',
  '/admin/people/[id]/page': ({ person }) => `/admin/people/${person}`,
  '/admin/support/page': () => '/admin/support',
  '/admin/isolation/page': () => '/admin/isolation',
  '/admin/isolation/report/route': () => '/admin/isolation/report',
  '/admin/health/page': () => '/admin/health',
  '/admin/jobs/page': () => '/admin/jobs',
  '/admin/load/page': () => '/admin/load',
  '/admin/statements/page': () => '/admin/statements',
  '/admin/storage/page': () => '/admin/storage',
  '/admin/plans/page': () => '/admin/plans',
  '/admin/announcements/page': () => '/admin/announcements',
  '/admin/settings/page': () => '/admin/settings',
  '/admin/audit/page': () => '/admin/audit',
  '/admin/audit/export/route': () => '/admin/audit/export',
}

/** What is sent, and what a super-admin with a second factor gets for it; everybody else 404. */
type ConsoleAction = { input: (samples: ConsoleSamples) => Record<string, unknown>; status: number }
const ok = (input: ConsoleAction['input'], status = 200): ConsoleAction => ({ input, status })
const [PLACES, PEOPLE, PLANS] = ['app/admin/organizations/actions.ts#', 'app/admin/people/actions.ts#', 'app/admin/plans/actions.ts#']
const reason = 'The matrix asks for it'
const plan = { name: 'Matrix', position: '90', price: '1', members: '', projects: '', storageMb: '', apiCallsPerHour: '', auditDays: '' }

export const CONSOLE_ACTIONS: Record<string, ConsoleAction> = {
  'app/admin/support/actions.ts#askForSupport': ok(() => ({ organization: 'no-such-place', reason, minutes: '5', mode: 'read_only', reference: '' }), 422),
  'app/admin/support/actions.ts#endSupportHere': ok(() => ({ id: v7() }), 404),
  'app/admin/isolation/actions.ts#askForProbe': ok(() => ({})),
  'app/admin/jobs/actions.ts#retryJob': ok(() => ({ organization: v7(), id: v7() }), 404),
  'app/admin/jobs/actions.ts#stopJob': ok(() => ({ organization: v7(), id: v7() }), 404),
  [`${PLACES}makeOrganization`]: ok(() => ({ name: 'Matrix', email: 'nobody', kind: 'team', plan: '' }), 422),
  [`${PLACES}changePlan`]: ok(({ organization }) => ({ id: organization, plan: 'enterprise', was: 'enterprise' })),
  [`${PLACES}changeLimit`]: ok(({ organization }) => ({ id: organization, key: 'members', mode: 'plan', value: '', was: 'plan' })),
  [`${PLACES}switchModule`]: ok(({ organization }) => ({ id: organization, module: 'projects', enabled: 'true' })),
  [`${PLACES}suspend`]: ok(({ organization }) => ({ id: organization, reason })),
  [`${PLACES}resume`]: ok(({ organization }) => ({ id: organization })),
  [`${PLACES}cancel`]: ok(({ organization, slug }) => ({ id: organization, reason, confirmation: slug })),
  [`${PLACES}bringBack`]: ok(({ organization }) => ({ id: organization })),
  [`${PEOPLE}signOutEverywhere`]: ok(({ person }) => ({ id: person })),
  [`${PEOPLE}sendLink`]: ok(({ person }) => ({ id: person })),
  // They hold none, and are no super-admin.
  [`${PEOPLE}resetFactor`]: ok(({ person }) => ({ id: person, reason }), 409),
  [`${PEOPLE}withdrawSuperAdmin`]: ok(({ person }) => ({ id: person, reason }), 409),
  [`${PEOPLE}askSuperAdmin`]: ok(({ person }) => ({ id: person, reason })),
  [`${PEOPLE}decideOnSuperAdmin`]: ok(() => ({ request: v7(), decision: 'approve' }), 404),
  [`${PEOPLE}deactivate`]: ok(({ person }) => ({ id: person, reason })),
  [`${PEOPLE}reactivate`]: ok(({ person }) => ({ id: person })),
  [`${PLANS}addPlan`]: ok(() => ({ ...plan, key: 'matrix', price: 'much' }), 422),
  [`${PLANS}updatePlan`]: ok(() => ({ ...plan, key: 'nosuchplan', version: '1' }), 404),
  [`${PLANS}dropPlan`]: ok(() => ({ key: 'free', version: '1' }), 409),
  'app/admin/announcements/actions.ts#makeAnnouncement': ok(() => ({ text: '', level: 'info', audience: 'all', organizations: '', fromAt: '', untilAt: '' }), 422),
  'app/admin/announcements/actions.ts#stopAnnouncement': ok(() => ({ id: v7() }), 404),
  'app/admin/settings/actions.ts#saveInstallation': ok(() => ({ signUp: '', allowed: 'no address', contact: '', version: '1' }), 422),
  'app/admin/settings/actions.ts#changeSwitch': ok(() => ({ key: 'presence', organization: '', enabled: 'standard', was: 'standard' })),
}
